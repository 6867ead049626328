"""Reads of facts rows and stored decisions. Each takes the viewer, is denied by default, and notes whom it
showed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions.answers import (
    PROTECTION_REVIEW,
    REVIEWS,
    ComingPage,
    ComingReview,
    DecisionView,
    FactsView,
    Undetermined,
    UndeterminedPage,
)
from amana.apps.decisions.models import Decision, FactsRow
from amana.apps.decisions.office_pack import PLACEMENT, never_actionable
from amana.apps.registry.paging import RowAfter
from amana.apps.registry.reach import ANSWERS, among, reaches_few, require_reach, within
from amana.core.dates import DateSpan
from amana.core.need_to_know import WITHHELD, Withheld

__all__ = [
    "ComingPage", "ComingReview", "DecisionView", "FactsView", "Undetermined", "UndeterminedPage",
    "coming", "current", "current_many", "facts", "history", "nations", "outcomes", "undetermined",
]  # fmt: skip

_CURRENT = Q(decision=PLACEMENT, superseded_at__isnull=True)

FACT_CLASSES = {"C3": ("nationality",), "C4": ("mother_present",)}
"""The facts of each class that a role may not read of people in its reach; the others are identity."""


def facts(viewer: Viewer, refs: Iterable[str]) -> Mapping[str, FactsView]:
    """What is established of each of these people, by reference; withheld where the viewer doesn't read a
    fact's class. Whose facts nobody has established is absent.
    """
    viewer.require("people.see")
    asked = among(viewer, refs)
    known = {cls: among(viewer, asked, (cls,)) for cls in FACT_CLASSES}
    found = {}
    for row in FactsRow.objects.filter(person__in=asked):
        narrowed = [cls for cls, those in known.items() if row.person_id not in those]
        found[row.person_id] = _narrowed(_facts(row), narrowed)
    for ref in found:
        viewer.saw(ref)
    return found


def current(viewer: Viewer, ref: str) -> DecisionView | None:
    """The decision that stands for one person; None where nothing has been decided, or for who may not read
    what it rests on.
    """
    found = current_many(viewer, [ref]).get(ref)
    return found if isinstance(found, DecisionView) else None


def current_many(viewer: Viewer, refs: Iterable[str]) -> Mapping[str, DecisionView | Withheld]:
    """The decision that stands for each of these people, by reference; withheld, whether there is one or
    none, where the viewer may not read what it would rest on.
    """
    viewer.require("people.see")
    asked = among(viewer, refs)
    read = among(viewer, asked, ANSWERS)
    found: dict[str, DecisionView | Withheld] = dict.fromkeys(asked - read, WITHHELD)
    rows = Decision.objects.filter(_CURRENT, person__in=read)
    found |= {each.ref: each for each in _decisions(rows)}
    for ref in found.keys() & read:
        viewer.saw(ref)
    return found


def history(viewer: Viewer, ref: str) -> tuple[DecisionView, ...]:
    """Every stored decision on one person, newest first; none for who may not read what it rests on.
    Raises `NotForYou`.
    """
    if not require_reach(viewer, ref).reads(*ANSWERS):
        return ()
    viewer.saw(ref)
    return _decisions(Decision.objects.filter(person=ref).order_by("-at", "-id"))


def undetermined(viewer: Viewer, *, needs: str = "", after: str = "", limit: int = 25) -> UndeterminedPage:
    """People whose outcome is open, by reference; `needs` narrows to one `;`-joined set of facts to ask
    for.
    """
    viewer.require("people.see")
    open_ones = Decision.objects.filter(_CURRENT, _answered(viewer), outcome="undetermined")
    grouped = open_ones.values_list("needs").annotate(people=Count("id")).order_by("-people", "needs")
    counts = {_codes(each): people for each, people in grouped}
    if needs:
        open_ones = open_ones.filter(needs=needs)
    count = open_ones.count()
    if after:
        open_ones = open_ones.filter(person__gt=after)
    rows = list(open_ones.order_by("person").values_list("person_id", "needs", "possible")[: limit + 1])
    page = tuple(Undetermined(ref, _codes(asked), _codes(possible)) for ref, asked, possible in rows[:limit])
    for row in page:
        viewer.saw(row.ref)
    return UndeterminedPage(page, counts, count, page[-1].ref if len(rows) > limit else None)


def coming(viewer: Viewer, *, on: date, days: int = 90, after: str = "", limit: int = 25) -> ComingPage:
    """Whose next birthday may change the possible outcomes within `days` days after `on`.

    The one whose last possible day comes soonest is first: certain days before vague spans. A span that
    began before `on` and still runs is included: the day may come at any time.
    """
    viewer.require("people.see")
    soon = Q(next_earliest__lte=on + timedelta(days=days))
    ahead = Decision.objects.filter(_CURRENT, soon, _answered(viewer))
    # Counted within the few days of the window, the last day put so that no index begins with it, which
    # would go over everybody; listed in the order of the last day.
    count = ahead.filter(review__in=REVIEWS, next_latest__isnull=False).exclude(next_latest__lte=on).count()
    ahead = ahead.filter(next_latest__gt=on).exclude(review="")
    if after:
        start = Decision.objects.filter(_CURRENT, person=after).values_list("next_latest", "id").first()
        ahead = ahead.filter(RowAfter(("next_latest", "id"), start)) if start else ahead.none()
    rows = list(ahead.order_by("next_latest", "id")[: limit + 1])
    page = tuple(_coming(row) for row in rows[:limit])
    for row in page:
        viewer.saw(row.ref)
    return ComingPage(page, count, page[-1].ref if len(rows) > limit else None)


def _coming(row: Decision) -> ComingReview:
    return ComingReview(
        ref=row.person_id,
        earliest=row.next_earliest,
        latest=row.next_latest,
        before=_codes(row.next_from),
        after=_codes(row.next_to),
        review=row.review,
        cause=row.next_cause,
    )


def outcomes(viewer: Viewer) -> tuple[str, ...]:
    """The outcomes that stand for somebody in reach, each once; one that may never be acted on comes as
    `protection_review`.
    """
    viewer.require("people.see")
    if not all(map(viewer.reads, ANSWERS)):
        return ()
    never = never_actionable()
    found = _occurring(viewer, Decision.objects.filter(_CURRENT), "outcome", ANSWERS)
    return tuple(sorted({_shown(outcome, never) for outcome in found}))


def nations(viewer: Viewer) -> tuple[str, ...]:
    """The nationalities that may belong to somebody in reach, by code; `unknown` where none is known."""
    viewer.require("people.see")
    if not viewer.reads("C3"):
        return ()
    found = _occurring(viewer, FactsRow.objects.all(), "nationality", ("C3",))
    return tuple(sorted({code for joined in found for code in _codes(joined or "unknown")}))


def _occurring(viewer: Viewer, rows: QuerySet[Any], field: str, classes: Sequence[str]) -> list[Any]:
    """The values of a column that occur for somebody in reach, once each. Of many people each value is asked
    for after the one before, as the question ends with the first person met: neither reach nor the second
    wall is looked up for a whole register.
    """
    mine = rows.filter(within(viewer, "person_id", classes)).order_by(field).values_list(field, flat=True)
    if reaches_few(viewer):
        return list(mine.distinct())
    found: list[Any] = [None] if mine.filter(Q((f"{field}__isnull", True))).exists() else []
    value = mine.filter(Q((f"{field}__isnull", False))).first()
    while value is not None:
        found.append(value)
        value = mine.filter(Q((f"{field}__gt", value))).first()
    return found


def _answered(viewer: Viewer) -> Q:
    """The condition that a decision is about somebody in reach, for who reads what decisions rest on."""
    return within(viewer, "person_id", ANSWERS)


def _narrowed(facts: FactsView, classes: Collection[str]) -> FactsView:
    """The facts with those withheld that are of classes which may not be read."""
    hidden = {fact for cls in classes for fact in FACT_CLASSES[cls]}
    if not hidden:
        return facts
    kept = facts.evidence.keys() - hidden
    return replace(
        facts,
        nationality=WITHHELD if "nationality" in hidden else facts.nationality,
        mother_present=WITHHELD if "mother_present" in hidden else facts.mother_present,
        evidence={name: facts.evidence[name] for name in kept},
        invalid={name: why for name, why in facts.invalid.items() if name not in hidden},
    )


def _codes(joined: str | None) -> tuple[str, ...]:
    """The codes of a joined column: `;` between alternatives, `+` between codes that are all true."""
    return tuple(filter(None, (joined or "").replace("+", ";").split(";")))


def _shown(outcome: str, never: frozenset[str]) -> str:
    """The key of an outcome in lists; `never` are those that may not be acted on."""
    return PROTECTION_REVIEW if outcome in never else outcome


def _facts(row: FactsRow) -> FactsView:
    known_birth = row.birth_earliest is not None or row.birth_latest is not None
    return FactsView(
        ref=row.person_id,
        on=row.on,
        birth=DateSpan(row.birth_earliest, row.birth_latest) if known_birth else None,
        birth_stated=row.birth_stated,
        sex=frozenset(_codes(row.sex)),
        nationality=frozenset(_codes(row.nationality)),
        mother_present=row.mother_present,
        evidence=row.evidence,
        invalid=row.invalid,
    )


def _decisions(rows: Iterable[Decision]) -> tuple[DecisionView, ...]:
    never = never_actionable()
    return tuple(_decision(row, never) for row in rows)


def _decision(row: Decision, never: frozenset[str]) -> DecisionView:
    return DecisionView(
        id=row.pk,
        ref=row.person_id,
        decision=row.decision,
        on=row.on,
        pack=row.pack,
        pack_hash=row.pack_hash,
        facts=row.facts,
        outcome=row.outcome,
        shown=_shown(row.outcome, never),
        rules=_codes(row.rule),
        possible=_codes(row.possible),
        needs=_codes(row.needs),
        citations=_codes(row.citations),
        at=row.at,
        by=str(row.by),
        superseded_at=row.superseded_at,
        batch=row.batch_id or "",
    )
