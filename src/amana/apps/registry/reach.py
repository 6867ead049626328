"""Whose records a viewer reaches. Every read of people goes through here, counts and search too.

Outside the relation a record answers as if it did not exist: unknown and foreign raise the same `NotForYou`.
A viewer without circles reaches nobody; only the demonstration's command line reaches everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.registry.models import Person
from amana.apps.registry.relations import Reach
from amana.apps.registry.wholes import everyone_is
from amana.core.need_to_know import Level

SEE = "people.see"
REGISTRAR_DAYS = 30
"""How long whoever registered somebody still reaches her: what a list left open is settled by then."""

ANSWERS = ("C1", "C2", "C3", "C4")
"""The classes an answer of the protocol rests on: who reads it reads all of them."""

RECORDS = ("C2", "C4", "C5")
"""The classes that an assessment, a determination, a plan of a move or a task tells of."""

FINDINGS = ("C2", "C4")
"""The classes that what the safeguards find tells of."""

NARROWED = ("assigned", "ward")
"""Relations in which a row of reach may narrow what is seen: it names the classes it opens."""

FEW = 400
"""Up to so many people stand in a condition one by one; more are looked up in the table, row by row."""


@dataclass(frozen=True)
class Held:
    """That a viewer reaches a person, and of which classes: None where her role's cells alone decide."""

    viewer: Viewer
    ref: str
    classes: frozenset[str] | None

    def reads(self, *classes: str) -> bool:
        """Whether she may read all of these classes of this person."""
        narrow = self.classes
        return all(
            self.viewer.reads(cls, named=self.names(cls)) and (narrow is None or cls in narrow)
            for cls in classes
        )

    def names(self, cls: str) -> bool:
        """Whether she is named for this class of this person: a guardian or counsel, where her appointment
        was confirmed for what is sealed as well.
        """
        return self.viewer.relation == "ward" and self.classes is not None and cls in self.classes

    def sees(self, cls: str) -> Level:
        """How much of the class of this person is open to her."""
        narrow = self.classes
        if narrow is not None and cls not in narrow:
            return Level.NONE
        return self.viewer.sees(cls, named=self.names(cls))

    def knows(self, cls: str) -> bool:
        """Whether she may know of the class of this person at least as a flag."""
        return self.sees(cls) >= Level.FLAG

    def opens(self, *classes: str) -> bool:
        """Whether her reach narrows none of these classes away: a referral or a wardship may name fewer than
        her role has.
        """
        return self.classes is None or self.classes.issuperset(classes)

    def require(self, *classes: str) -> None:
        """Raise `NotForYou` unless she may read all of them."""
        if not self.reads(*classes):
            raise NotForYou(self.viewer.role, f"read {', '.join(classes)}")


def reached(viewer: Viewer) -> QuerySet[Any]:
    """The rows of reach of a viewer on her day; not asked for one who reaches everybody."""
    standing = Q(until__isnull=True)
    if viewer.day is not None:
        standing |= Q(until__gte=viewer.day)
    found: QuerySet[Any] = Reach.objects.filter(standing, circle__in=viewer.circles)
    return found


def within(viewer: Viewer, field: str = "ref", classes: Iterable[str] = (), *, counting: bool = False) -> Q:
    """The condition on a table that its person is in reach, and that the viewer may read `classes` of her;
    `field` is the column holding the reference. Never the empty condition, which would be lost beside an
    alternative. `counting`: asked of every row of a long table, each about somebody, as by what counts it.
    """
    wanted = tuple(classes)
    if not viewer.everybody and not all(map(viewer.reads, wanted)):
        return Q(pk__in=())
    return narrowed(viewer, field, wanted, counting=counting)


def narrowed(viewer: Viewer, field: str, classes: Sequence[str], *, counting: bool = False) -> Q:
    """The condition on a table that its person is in reach, and that the reach narrows none of these classes
    away; what the role may read of them is asked apart. `counting` as of `within`.
    """
    if viewer.everybody:
        return Q(pk__isnull=False)
    if not viewer.circles:
        return Q(pk__in=())
    mine = reached(viewer)
    if classes and viewer.relation in NARROWED:
        mine = mine.filter(_naming(classes))
    few = list(mine.values_list("person_id", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return Q((f"{field}__in", sorted(set(few))))
    each = Q(Exists(mine.filter(person=OuterRef(field))))
    return Q(everyone_is(mine)) | each if counting and _perhaps_everybody(mine) else each


def _perhaps_everybody(mine: QuerySet[Any]) -> bool:
    """Whether these rows of reach leave out none of the first people by reference, so that it is worth asking
    for everybody: who holds a part of the office is not kept waiting by that.
    """
    first = list(Person.objects.order_by("ref").values_list("ref", flat=True)[:FEW])
    return mine.filter(person__in=first).values("person").distinct().count() == len(first)


def reaches_few(viewer: Viewer) -> bool:
    """Whether so few people are in reach that they stand in conditions one by one."""
    if viewer.everybody:
        return False
    return len(reached(viewer).values_list("pk")[: FEW + 1]) <= FEW


def _naming(classes: Sequence[str]) -> Q:
    """The condition that a row of reach opens these classes: it names all of them, or narrows to none."""
    condition = Q()
    for cls in classes:
        condition &= Q(classes__regex=f"(^|;){cls}(;|$)")
    return Q(classes="") | condition


def among(
    viewer: Viewer, refs: Iterable[str], classes: Iterable[str] = (), least: Level = Level.READ
) -> frozenset[str]:
    """Those of these references that the viewer reaches and whose `classes` are open to her to this level;
    unknown ones are absent.
    """
    asked, wanted = list(dict.fromkeys(refs)), tuple(classes)
    if viewer.everybody:
        return frozenset(Person.objects.filter(ref__in=asked).values_list("ref", flat=True))
    if not viewer.circles or any(viewer.sees(cls) < least for cls in wanted):
        return frozenset()
    told: dict[str, list[str]] = defaultdict(list)
    for start in range(0, len(asked), FEW):
        mine = reached(viewer).filter(person__in=asked[start : start + FEW])
        for ref, opened in mine.values_list("person_id", "classes"):
            told[ref].append(opened)
    return frozenset(ref for ref, opened in told.items() if _opens(opened, wanted))


def _opens(rows: Sequence[str], wanted: Iterable[str]) -> bool:
    """Whether rows of reach open these classes: one without classes opens all that the role sees."""
    return "" in rows or set(wanted) <= set(";".join(rows).split(";"))


def require_reach(viewer: Viewer, ref: str, permission: str = SEE, opens: Iterable[str] = ()) -> Held:
    """Raise `NotForYou` unless the viewer may, the person is in reach, and the reach narrows none of the
    classes `opens` away; the same for an unknown one.
    """
    held = _held(viewer, ref, permission)
    if not held.opens(*opens):
        raise NotForYou(viewer.role, permission)
    return held


def _held(viewer: Viewer, ref: str, permission: str) -> Held:
    viewer.require(permission)
    if viewer.everybody:
        if Person.objects.filter(ref=ref).exists():
            return Held(viewer, ref, None)
    elif viewer.circles:
        rows = list(reached(viewer).filter(person=ref).values_list("classes", flat=True))
        if rows:
            return Held(viewer, ref, None if "" in rows else frozenset(";".join(rows).split(";")))
    raise NotForYou(viewer.role, permission)


def require_all(viewer: Viewer, refs: Iterable[str], permission: str = SEE) -> None:
    """Raise `NotForYou` unless every one of these people is in reach."""
    viewer.require(permission)
    asked = set(refs)
    if asked - among(viewer, asked):
        raise NotForYou(viewer.role, permission)


def how_many(viewer: Viewer) -> int:
    """How many people are in reach, each counted once."""
    if viewer.everybody:
        return Person.objects.count()
    if not viewer.circles:
        return 0
    mine = reached(viewer)
    once = len(viewer.circles) == 1 and viewer.relation == "team"
    return mine.count() if once else mine.values("person").distinct().count()


def batch_within(viewer: Viewer) -> Q:
    """The condition on a batch that the viewer committed it a short while ago, or reaches somebody of it."""
    if viewer.everybody:
        return Q(pk__isnull=False)
    reaches = Q(Exists(Person.objects.filter(within(viewer), batch=OuterRef("ref"))))
    if viewer.day is None:
        return reaches
    lately = datetime.combine(viewer.day - timedelta(days=REGISTRAR_DAYS), time.min, UTC)
    return reaches | Q(by=viewer.audit_id, at__gte=lately)


def people_of(viewer: Viewer) -> QuerySet[Any]:
    """Everybody in reach, as a query on persons."""
    found: QuerySet[Any] = Person.objects.filter(within(viewer))
    return found
