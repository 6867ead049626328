"""A verdict in one plain sentence, and what would settle it.

Never says *compliant*, never recommends: *may* is told as allowed and not required, and a gap as a gap.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amana.core.policy import DEFAULT_RULE, INVALID, UNDETERMINED, Pack, Verdict
from amana.wording.conditions import fact_in_words
from amana.wording.languages import each_of, one_of
from amana.wording.law import event_in_words, outcome_in_words


def verdict_in_words(verdict: Verdict, pack: Pack, decision: str) -> str:
    """The answer as one or two sentences."""
    if verdict.outcome == INVALID:
        return _(
            "Invalid: what is stated for %(facts)s can't be so. Correct it before the law can be read."
        ) % {"facts": needs_in_words(verdict.needs, pack)}
    if verdict.outcome == UNDETERMINED:
        return _(
            "Undetermined: the answer is %(outcomes)s; which, is not known. What would settle it: %(needs)s."
        ) % {
            "outcomes": one_of(outcome_in_words(outcome, pack, decision) for outcome in verdict.possible),
            "needs": needs_in_words(verdict.needs, pack),
        }
    return _definite(verdict, pack) % {"outcome": outcome_in_words(verdict.outcome, pack, decision)}


def _definite(verdict: Verdict, pack: Pack) -> str:
    forces = {pack.rules[rule].modality for rule in verdict.rules if rule in pack.rules}
    if not forces:
        return _("No rule speaks: %(outcome)s.")
    if forces == {"must"}:
        return _("A rule requires it: %(outcome)s.")
    if forces == {"may"} and DEFAULT_RULE not in verdict.rules:
        return _("A rule allows it and none requires it: %(outcome)s.")
    return _("On every possible reading of the facts: %(outcome)s.")


def needs_in_words(needs: Iterable[str], pack: Pack) -> str:
    """The facts to ask for, and the days of law to find out, as one list."""
    return each_of(need_in_words(need, pack) for need in needs)


def need_in_words(need: str, pack: Pack) -> str:
    """One fact to ask for; an event as the day on which it happened."""
    if need.startswith("law:"):
        return _("the day on which this happened: %(event)s") % {"event": event_in_words(need, pack)}
    return fact_in_words(need, pack.facts)
