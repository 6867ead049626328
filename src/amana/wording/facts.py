"""Facts in words: the value, what the rules measure of it, where it comes from and how well it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.core.dates import DateSpan
from amana.core.facts import AllOf, Contradiction, FactValue
from amana.core.policy import FactDef, FactView, Measured, Pack, domain
from amana.wording.ages import birth_in_words, years_in_words
from amana.wording.conditions import fact_in_words, value_in_words
from amana.wording.languages import as_told, as_written, each_of, listed, one_of, pick
from amana.wording.sources import source_in_words
from amana.wording.terms import standing_in_words

_DAYS_SINCE = re.compile(r"days_since\((\w+)\)")

CELL = 40
"""So much of a cell that can't be read is repeated, in characters."""


def fact_line(fact: FactView, pack: Pack) -> str:
    """A fact with its value, where it comes from and how well it is supported."""
    told = f"{pick(fact.label)}: {fact_value_in_words(fact, pack)}"
    ground = list(_ground(fact))
    return f"{told} ({listed(ground)})" if ground else told


def fact_with_mend(fact: FactView, pack: Pack) -> str:
    """A fact as in `fact_line`; for a cell of a file that can't be read, also what would be right there."""
    told = fact_line(fact, pack)
    unread = isinstance(fact.value, Contradiction) and fact.value.stated
    return f"{told}. {_right(pack.facts[fact.name])}" if unread else told


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
        return _contradiction_in_words(value, fact)
    if isinstance(value, DateSpan):
        return _date_in_words(value, fact, pack)
    return known_in_words(value, pack.facts.get(fact.name))


def known_in_words(value: FactValue, fact: FactDef | None) -> str:
    """What is known of a fact, by itself: not what the rules measure of it, nor why it can't be so."""
    if value is None:
        return _("not on record") if fact is not None and fact.kind == "record" else _("not known")
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


def _contradiction_in_words(value: Contradiction, fact: FactView) -> str:
    """What was stated; a cell of a file that can't be read, as it stands."""
    if not value.stated:
        return _("can't be so: %(stated)s") % {"stated": as_written(fact.stated or value.reason)}
    return _("“%(cell)s” can't be read") % {"cell": as_told(_shown(value.stated))}


def _right(fact: FactDef) -> str:
    """What may stand in a cell of this fact."""
    if fact.type == "date":
        return _(
            "Write year, month, day: 2014-05-12; or 2014-05, 2014, 2014~ (about), 2013/2014 (between), "
            "the earlier day first."
        )
    if fact.type == "boolean":
        return _("Write true or false.")
    if fact.type == "integer":
        return _("Write a whole number.")
    if fact.scheme:
        return _("Write three-letter codes of states, such as IRQ; several as IRQ;UZB.")
    return _("Write one of: %(codes)s.") % {
        "codes": listed(as_written(code) for code in sorted(domain(fact)))
    }


def _shown(cell: str) -> str:
    """The beginning of a cell, without what a terminal would obey."""
    told = "".join(character if character.isprintable() else "\ufffd" for character in cell)
    return told if len(told) <= CELL else f"{told[:CELL]}…"


def _date_in_words(value: DateSpan, fact: FactView, pack: Pack) -> str:
    told = birth_in_words(value, fact.stated)
    if fact.youngest is not None or fact.oldest is not None:
        told = _("%(birth)s, age %(age)s") % {
            "birth": told,
            "age": years_in_words(max(0, fact.youngest or 0), fact.oldest),
        }
    return listed([told, *(_measured_in_words(each, pack) for each in fact.measured)])


def _measured_in_words(measured: Measured, pack: Pack) -> str:
    if (ahead := _ahead_in_words(measured, pack)) is not None:
        return ahead
    return f"{fact_in_words(measured.label, pack.facts)}: {_range_in_words(measured.least, measured.most)}"


def _ahead_in_words(measured: Measured, pack: Pack) -> str | None:
    """Of a day that lies ahead in how many days it is, instead of a number of days below nought."""
    name, least, most = _DAYS_SINCE.fullmatch(measured.label), measured.least, measured.most
    if name is None or least is None or most is None or most >= 0:
        return None
    told = {"fact": fact_in_words(name.group(1), pack.facts), "least": -most, "most": -least}
    if least != most:
        return _("%(fact)s in %(least)s to %(most)s days") % told
    return ngettext("%(fact)s in %(least)s day", "%(fact)s in %(least)s days", -most) % told


def _range_in_words(least: int | None, most: int | None) -> str:
    if least is None:
        return _("%(number)s or fewer") % {"number": most}
    if most is None:
        return _("%(number)s or more") % {"number": least}
    if least == most:
        return str(least) if least >= 0 else as_written(str(least))
    return _("%(least)s to %(most)s") % {"least": least, "most": most}
