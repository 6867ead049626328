"""Facts in words: the value, what the rules measure of it, where it comes from and how well it stands."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from amana.core.dates import DateSpan
from amana.core.facts import AllOf, Contradiction, FactValue
from amana.core.policy import FactDef, FactView, Measured, Pack
from amana.wording.ages import birth_in_words, years_in_words
from amana.wording.conditions import fact_in_words, value_in_words
from amana.wording.languages import as_told, as_written, each_of, listed, one_of, pick
from amana.wording.sources import source_in_words
from amana.wording.terms import standing_in_words


def fact_line(fact: FactView, pack: Pack) -> str:
    """A fact with its value, where it comes from and how well it is supported."""
    told = f"{pick(fact.label)}: {fact_value_in_words(fact, pack)}"
    ground = list(_ground(fact))
    return f"{told} ({listed(ground)})" if ground else told


def _ground(fact: FactView) -> Iterator[str]:
    if fact.value is None:
        return
    yield standing_in_words(fact.standing)
    if fact.disputed:
        yield _("disputed")
    if fact.source:
        yield as_told(source_in_words(fact.source))


def fact_value_in_words(fact: FactView, pack: Pack) -> str:
    """The value of a fact: a birth with the age it gives, names for codes, “not known” where nothing is
    known.
    """
    value: FactValue = fact.value
    if isinstance(value, Contradiction):
        return _("can't be so: %(stated)s") % {"stated": as_written(fact.stated or value.reason)}
    if isinstance(value, DateSpan):
        return _date_in_words(value, fact, pack)
    return known_in_words(value, pack.facts.get(fact.name))


def known_in_words(value: FactValue, fact: FactDef | None) -> str:
    """What is known of a fact, by itself: not what the rules measure of it, nor why it can't be so."""
    if value is None:
        return _("not known")
    if isinstance(value, Contradiction):
        return _("contradicts itself")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, DateSpan):
        return birth_in_words(value)
    if isinstance(value, frozenset):
        names = [value_in_words(code, fact) for code in sorted(value)]
        return each_of(names) if isinstance(value, AllOf) else one_of(names)
    return str(value)


def _date_in_words(value: DateSpan, fact: FactView, pack: Pack) -> str:
    told = birth_in_words(value, fact.stated)
    if fact.youngest is not None or fact.oldest is not None:
        told = _("%(birth)s, age %(age)s") % {
            "birth": told,
            "age": years_in_words(max(0, fact.youngest or 0), fact.oldest),
        }
    return listed([told, *(_measured_in_words(each, pack) for each in fact.measured)])


def _measured_in_words(measured: Measured, pack: Pack) -> str:
    return f"{fact_in_words(measured.label, pack.facts)}: {_range_in_words(measured.least, measured.most)}"


def _range_in_words(least: int | None, most: int | None) -> str:
    if least is None:
        return _("%(number)s or fewer") % {"number": most}
    if most is None:
        return _("%(number)s or more") % {"number": least}
    if least == most:
        return str(least)
    return _("%(least)s to %(most)s") % {"least": least, "most": most}
