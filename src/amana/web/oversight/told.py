"""What is told of the act behind a finding, as (label, words): its record and day, who decided it, from
where, and of which sort its grounds are. Never which tie, nation, illness or fear.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.casework.tell_finding import FindingTold
from amana.core.policy import Pack
from amana.core.policy.editing.grounds import FOR_MANY, OWN
from amana.web.law.safeguards import record_in_words
from amana.wording.ages import birth_in_words
from amana.wording.facts import known_in_words
from amana.wording.languages import pick

Told = tuple[tuple[str, str], ...]


def told_lines(told: FindingTold, pack: Pack) -> Told:
    """The lines of the page, those that are known."""
    return tuple(_lines(told, pack))


def _lines(told: FindingTold, pack: Pack) -> Iterator[tuple[str, str]]:
    if told.kind and told.kind != "person":
        yield pgettext("what a finding was found at", "Record"), record_in_words(told.kind, pack)
    if told.acted_on is not None:
        label = _("Day it is planned for") if told.line.planned else _("Day of the act")
        yield label, birth_in_words(told.acted_on)
    watch = pack.watch or pack
    for name, value in told.told.items():
        fact = watch.facts.get(name)
        yield pick(fact.label) if fact else name, known_in_words(value, fact)
    if told.sorts is not None:
        yield _("Sort of ground"), sorts_in_words(told.sorts)


def sorts_in_words(sorts: frozenset[str]) -> str:
    """Whether what was given speaks of many, of this person alone, or of both."""
    if {FOR_MANY, OWN} <= sorts:
        return _("of this person alone, and such as fall on many at once")
    if OWN in sorts:
        return _("of this person alone")
    if FOR_MANY in sorts:
        return _("only such as fall on many at once: an age, a rule, a tie, a nation or a suspicion")
    return _("of no sort that the law of this office knows")
