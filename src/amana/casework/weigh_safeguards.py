"""What a change of law would do to the safeguards: which of them it reaches, and how many breaches and
overdue duties that stand now would no longer be found though nothing has changed for anybody.

A clock made longer, a ground called individual or an age of childhood lowered ends breaches without mending
one. Whoever weighs such a change is told so in counts before it is adopted, and the counts are kept with the
decision.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight.reached import BAD, bad_of
from amana.casework.impact import GuardChange
from amana.casework.snapshot import groups
from amana.casework.sweep import see
from amana.core.policy import Pack
from amana.core.policy.nodes import Test, leaves
from amana.core.safeguards import Safeguard

MOST = 4000
"""People whose findings are judged anew under the change; of more it is only told how many stand."""


def guard_changes(before: Pack, after: Pack, on: date) -> tuple[GuardChange, ...]:
    """The safeguards that a change of the office's law reaches, in the order of the pack, and what it ends as
    of `on`. Empty for a comparison of two other packs.
    """
    named = reached(before, after)
    if not named or before.hash != office_pack().hash:
        return ()
    standing = bad_of(named)
    people = list(dict.fromkeys(person for person, _, _ in standing))
    counts = Counter(safeguard for _, safeguard, _ in standing)
    if len(people) > MOST:
        return tuple(GuardChange(each, counts[each], None) for each in named)
    still = {
        each.place for group in groups(people) for each in see(after, group, on).found if each.verdict in BAD
    }
    ended = Counter(place[1] for place in standing if place not in still)
    return tuple(GuardChange(each, counts[each], ended[each]) for each in named)


def reached(before: Pack, after: Pack) -> tuple[str, ...]:
    """The safeguards in force that read otherwise after a change, by id, in the order of the pack."""
    moved = {
        name
        for name, parameter in before.parameters.items()
        if name not in after.parameters or after.parameters[name].periods != parameter.periods
    }
    dated = dict(before.events) != dict(after.events)
    return tuple(
        each.id
        for each in before.safeguards.values()
        if each.alive
        and (_reads(before, each.id) & moved or dated or _told(each) != _told(after.safeguards.get(each.id)))
    )


def _reads(pack: Pack, safeguard: str) -> set[str]:
    """The parameters that a safeguard names."""
    rules = pack.watch.rules.values() if pack.watch else ()
    mine = (rule.condition for rule in rules if rule.decision == safeguard)
    return {
        name for node in mine for each in leaves(node) if isinstance(each, Test) for name in each.parameters
    }


def _told(safeguard: Safeguard | None) -> tuple[object, ...]:
    """All that decides what a safeguard finds and what it stops."""
    if safeguard is None:
        return ()
    duties = tuple((each.when, each.start, each.clock, each.done) for each in safeguard.duties)
    said = (safeguard.watches, safeguard.severity, safeguard.applies, safeguard.breach, safeguard.blocks)
    return (
        *said,
        duties,
        safeguard.waivable,
        safeguard.judged_on,
        safeguard.counts_from,
        safeguard.age_in_doubt,
        safeguard.in_force,
    )
