"""What the protocol says of a person in a badge or two, for lists and the head of a case.

An outcome that may never be acted on is shown as the review it calls for, never as what is "possible".
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from amana.apps.decisions.office_pack import PLACEMENT
from amana.apps.decisions.queries import DecisionView
from amana.core.need_to_know import Withheld
from amana.core.policy import INVALID, UNDETERMINED, OutcomeDef, Pack, Verdict
from amana.wording.languages import pick
from amana.wording.verdicts import needs_in_words
from amana.wording.withheld import withheld_in_words


@dataclass(frozen=True)
class Mark:
    """A badge: kind of the `status` tag, words, icon."""

    kind: str
    words: str
    icon: str = ""


def withheld_mark() -> Mark:
    """The badge in place of what the reader's role is not shown."""
    return Mark("", withheld_in_words(), "shield")


def marks(decided: DecisionView | Verdict | Withheld | None, pack: Pack) -> tuple[Mark, ...]:
    """The badges for a placement, stored or just found; one saying so where nothing has been decided, and
    one where it is not for the reader.
    """
    if isinstance(decided, Withheld):
        return (withheld_mark(),)
    if decided is None:
        return (Mark("unk", _("Not decided yet")),)
    outcomes = pack.decisions[PLACEMENT].outcomes
    found = []
    if any(not outcomes[id].actionable for id in decided.possible if id in outcomes):
        found.append(Mark("acc", _("Protection review"), "shield"))
    if decided.outcome == UNDETERMINED:
        words = _("Undetermined · needs %(facts)s") % {"facts": needs_in_words(decided.needs, pack)}
        return (*found, Mark("unk", words))
    if decided.outcome == INVALID:
        words = _("Facts contradict each other: %(facts)s") % {"facts": needs_in_words(decided.needs, pack)}
        return (*found, Mark("breach", words, "warn"))
    outcome = outcomes.get(decided.outcome)
    if found or outcome is None:
        return tuple(found)
    return (_definite(outcome, decided.rules, pack),)


def _definite(outcome: OutcomeDef, rules: tuple[str, ...], pack: Pack) -> Mark:
    label = pick(outcome.label)
    label = label[:1].upper() + label[1:]
    if outcome.id == pack.decisions[PLACEMENT].default:
        return Mark("due", _("No rule speaks: %(outcome)s") % {"outcome": pick(outcome.label)}, "warn")
    modalities = {pack.rules[rule].modality for rule in rules if rule in pack.rules}
    if modalities == {"may"}:
        return Mark("acc", _("%(outcome)s (allowed, not required)") % {"outcome": label}, "home")
    if outcome.id == "not_a_child":
        return Mark("", label)
    return Mark("acc", label, "home")
