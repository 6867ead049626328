"""What time alone will change, in words.

A coming birthday is named by the review it calls for, never as a date of transfer: where an outcome that is
never acted on, or no rule at all, would follow, it is a protection review; where a harsh outcome would
follow, a contact and assessment review.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from amana.core.policy import Change, Pack
from amana.core.policy.nodes import Leaf, Test, leaves
from amana.wording.conditions import fact_in_words
from amana.wording.languages import day_in_words
from amana.wording.law import event_in_words


def change_in_words(change: Change, pack: Pack, decision: str) -> str:
    """When, why, and which review is due: “16 February 2018: turns 4. Contact and assessment review.”"""
    return _("%(when)s: %(cause)s. %(review)s.") % {
        "when": when_in_words(change),
        "cause": cause_in_words(change.cause, pack),
        "review": review_in_words(change, pack, decision),
    }


def when_in_words(change: Change) -> str:
    """The day, or the first and last day between which it falls."""
    if change.latest is None:
        return _("%(day)s at the earliest") % {"day": day_in_words(change.earliest)}
    if change.earliest == change.latest:
        return day_in_words(change.earliest)
    return _("between %(first)s and %(last)s") % {
        "first": day_in_words(change.earliest),
        "last": day_in_words(change.latest),
    }


def cause_in_words(cause: str, pack: Pack) -> str:
    """A birthday, an event of law, or a day that a rule names."""
    kind, _sep, what = cause.partition(":")
    if kind == "age":
        return _("turns %(years)s") % {"years": what}
    if kind == "law" and what in pack.events:
        return event_in_words(what, pack)
    if kind == "law":
        return _("the law changes")
    return _("%(clock)s reaches %(count)s") % {"clock": fact_in_words(kind, pack.facts), "count": what}


def review_in_words(change: Change, pack: Pack, decision: str) -> str:
    """The review that a change calls for. It is never a transfer date."""
    kind, _sep, age = change.cause.partition(":")
    if kind != "age":
        return _("The decision is reviewed")
    known = pack.decisions[decision]
    beginning = outcomes_beginning(pack, decision, int(age)) or set(change.possible_after)
    outcomes = [known.outcomes[outcome] for outcome in beginning]
    if any(not outcome.actionable or outcome.id == known.default for outcome in outcomes):
        return _("Protection review")
    if any(outcome.harsh for outcome in outcomes):
        return _("Contact and assessment review")
    return _("Review of the case")


def outcomes_beginning(pack: Pack, decision: str, age: int) -> set[str]:
    """The outcomes of the rules that begin to speak at an age, whoever the person is."""
    return {
        rule.outcome
        for rule in pack.rules.values()
        if rule.decision == decision and any(_begins(leaf, age) for leaf in leaves(rule.condition))
    }


def _begins(leaf: Leaf, age: int) -> bool:
    if not isinstance(leaf, Test) or leaf.term.kind != "age":
        return False
    least = leaf.operands[0]
    if leaf.operator == ">":
        return least == age - 1
    return leaf.operator in ("between", ">=", "=") and least == age
