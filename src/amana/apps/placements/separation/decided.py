"""What determinations and judges have decided, as the facts of stays and separations read it.

A determination counts from the day it came into force, which is the day somebody else approved it: the day
it names itself may lie earlier and moves nothing. One that was overturned never counted. A later
determination that the child stays with the mother ends what an earlier one decided; so does one of the same
day that nothing has superseded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.determinations.codes import (
    ASSESSMENT,
    CARE,
    DETERMINATION,
    OUTCOME,
    REPORTED,
    SEPARATION,
    STAYS,
)
from amana.apps.determinations.gates import open_for
from amana.apps.determinations.models import Determination, JudicialDecision
from amana.apps.determinations.states import State, holds

COUNTING = (State.APPROVED, State.RECORDED, State.UPHELD, State.SUPERSEDED, State.UNDER_APPEAL)
DECIDING = (DETERMINATION, OUTCOME)
"""Determinations of this office; what another body is reported to have decided takes the place of none."""


class Determined(NamedTuple):
    """A determination or assessment that came into force."""

    person: str
    kind: str
    stage: str
    state: str
    decides: str
    effect: str
    place_kind: str
    decided_on: date | None
    in_force_from: date
    ended_on: date | None
    options_considered: str
    exception_until: date | None
    care_identified: bool | None
    consulate: str
    grounds: str
    review_on: date | None
    appealable: bool

    def in_force(self, day: date) -> bool:
        """Whether what it decides holds on that day; an appeal suspends what parts or harms, and no more."""
        begun = self.in_force_from <= day and (self.ended_on is None or self.ended_on > day)
        return begun and (self.state == State.SUPERSEDED or holds(self.state, self.decides, self.effect))

    def carries(self, day: date) -> bool:
        """Whether something may still be done on it: it is in force, nobody contests it, and its own review
        is not past.
        """
        settled = self.state != State.UNDER_APPEAL and self.in_force(day)
        return settled and (self.review_on is None or self.review_on >= day)


class Judged(NamedTuple):
    """A judicial decision that no other corrects."""

    person: str
    kind: str
    decided_on: date
    review_available: bool | None


@dataclass(frozen=True)
class Decided:
    """All of one person, oldest first."""

    determined: Sequence[Determined] = ()
    judged: Sequence[Judged] = ()
    gate_open: bool = False
    """Whether some country may be asked about the person (`determinations.gates`)."""

    def on_separation(
        self, since: date | None, by: date, place_kind: str, *, unsure: bool = False
    ) -> Determined | None:
        """The determination that decides a separation to a place of that kind by that day; None where there
        is none, it is older than `since` (when the child was last reunited), or the last word is that the
        child stays with the mother. Where it is `unsure` whether there is a mother to leave, one that decides
        who cares for the child counts too.
        """
        deciding = (SEPARATION, CARE) if unsure else (SEPARATION,)
        told = [
            each
            for each in self.determined
            if each.kind in DECIDING
            and each.decides in (*deciding, STAYS)
            and each.in_force_from <= by
            and (since is None or each.in_force_from >= since)
        ]
        last = told[-1] if told else None
        if last is None or last.decides == STAYS or (last.ended_on and last.ended_on <= by):
            return None
        return last if last.place_kind in ("", place_kind) else None

    def first_separating(self, since: date, place_kind: str, *, unsure: bool = False) -> Determined | None:
        """The first determination after that day that decides a separation to a place of that kind; `unsure`
        as for `on_separation`.
        """
        deciding = (SEPARATION, CARE) if unsure else (SEPARATION,)
        return next(
            (
                each
                for each in self.determined
                if each.kind in DECIDING
                and each.decides in deciding
                and each.in_force_from >= since
                and each.place_kind in ("", place_kind)
            ),
            None,
        )

    def reported_grounds(self, by: date) -> str:
        """The grounds on which another body is reported to have decided a separation, `;`-joined."""
        told = [each for each in self.determined if each.kind == REPORTED and each.decides == SEPARATION]
        return next((each.grounds for each in reversed(told) if (each.decided_on or by) <= by), "")

    def exception_until(self, on: date) -> date | None:
        """The last day of a written exception that is in force."""
        days = [
            each.exception_until for each in self.determined if each.kind in DECIDING and each.in_force(on)
        ]
        return max(filter(None, days), default=None)

    def last_of(self, *kinds: str) -> date | None:
        """The latest day of an assessment or determination of these kinds."""
        days = [each.decided_on or each.in_force_from for each in self.determined if each.kind in kinds]
        return max(days, default=None)

    def last_assessment(self) -> date | None:
        """The latest day on which best interests were assessed or determined."""
        return self.last_of(ASSESSMENT, DETERMINATION, OUTCOME)

    def last_review(self) -> date | None:
        """The latest day on which the placement was looked at again: a periodic assessment, a
        determination, or a court's review.
        """
        days = [
            each.decided_on or each.in_force_from
            for each in self.determined
            if each.kind in (DETERMINATION, OUTCOME) or (each.kind == ASSESSMENT and each.stage == "periodic")
        ]
        return max([*days, *(each.decided_on for each in self.judged if each.kind == "review")], default=None)

    def judicial(self, *kinds: str, by: date) -> Judged | None:
        """The latest judicial decision of these kinds up to that day."""
        return next(
            (each for each in reversed(self.judged) if each.kind in kinds and each.decided_on <= by), None
        )


NOTHING = Decided()


def decided(refs: Sequence[str], on: date) -> Mapping[str, Decided]:
    """What is decided of these people up to the day, by reference: two queries, and one that tells whose gate
    may be open.
    """
    determined: dict[str, list[Determined]] = defaultdict(list)
    for row in _determined(refs, on):
        each = Determined(*row)
        determined[each.person].append(each)
    judged: dict[str, list[Judged]] = defaultdict(list)
    for row in _judged(refs, on):
        order = Judged(*row)
        judged[order.person].append(order)
    opened = open_for(refs, on)
    people = determined.keys() | judged.keys() | opened
    return {
        ref: Decided(
            sorted(determined.get(ref, ()), key=_in_order), judged.get(ref, ()), gate_open=ref in opened
        )
        for ref in people
    }


@of_many
def _determined(refs: Whoever, on: date) -> Query:
    in_force = Determination.objects.filter(
        Among("person_id", refs), state__in=COUNTING, in_force_from__lte=on
    ).order_by("in_force_from", "asked_at", "ref")
    told = in_force.annotate(appealable=ExpressionWrapper(Q(appeal_route__isnull=False), BooleanField()))
    return told.values_list("person_id", *Determined._fields[1:])


@of_many
def _judged(refs: Whoever, on: date) -> Query:
    orders = JudicialDecision.objects.filter(
        Among("person_id", refs), corrected_by__isnull=True, decided_on__lte=on, recorded_on__lte=on
    )
    return orders.order_by("decided_on", "ref").values_list("person_id", *Judged._fields[1:])


def _in_order(each: Determined) -> tuple[date, bool, bool]:
    """By the day they came into force. Of one day, what stands comes after what it superseded, and that the
    child stays after all else: where the order is not known, the child stays.
    """
    return each.in_force_from, each.state != State.SUPERSEDED, each.decides == STAYS
