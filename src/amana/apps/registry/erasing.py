"""Erasing what the register says of one person, for an erasure that two people decided elsewhere: statements
and names, and how she stands to others. The reference stays, as do acts that name it; nothing tells any more
whose it was.

A parent link is a statement about two people: it goes when nothing is said of the other any more either, or
where it should never have been written. A child keeps the way to her parents.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from amana.apps.audit.among import Among
from amana.apps.audit.recording import Log
from amana.apps.audit.records import require_writing
from amana.apps.registry.models import Claim, ClaimReview, Family, KinLink, Person

KIN_CLAIMS = ("relation", "mother", "father", "mother_died", "unable_to_care")
"""What is claimed of how somebody stands to others, by attribute."""

NO_NAME = " "
"""The search text of somebody without a name."""


def erased_among(refs: Collection[str]) -> frozenset[str]:
    """Those of these people of whom the register says nothing any more."""
    rows = Person.objects.filter(Among("ref", refs), erased_on__isnull=False)
    return frozenset(rows.values_list("ref", flat=True))


def how_many_erased(after: date | None = None) -> int:
    """Of how many people the register says nothing any more: all of them, or those erased after a day."""
    rows = Person.objects.filter(erased_on__isnull=False)
    return (rows.filter(erased_on__gt=after) if after else rows).count()


def kin_of(refs: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Each of these people with her parents, children, brothers and sisters, as far as links say."""
    links = list(
        KinLink.objects.filter(Among("child_id", refs) | Among("parent_id", refs)).values_list(*_ENDS)
    )
    parents = {parent for _child, parent in links}
    others = KinLink.objects.filter(Among("parent_id", parents)).values_list(*_ENDS)
    children: dict[str, set[str]] = {}
    for child, parent in (*links, *others):
        children.setdefault(parent, set()).add(child)
    found = {ref: set(children.get(ref, ())) for ref in refs}
    for child, parent in links:
        if child in found:
            found[child] |= {parent, *children[parent]}
    return {ref: frozenset(kin - {ref}) for ref, kin in found.items()}


_ENDS = ("child_id", "parent_id")


def statements_of(person: str) -> int:
    """How many statements about a person the register holds, her name among them."""
    named = Person.objects.filter(ref=person).exclude(name_ar="", name_latin="").count()
    return Claim.objects.filter(person=person).count() + named


def erase_statements(person: str, *, on: date, log: Log) -> int:
    """Take every statement about a person away, with the judgements on it, and her names; how many."""
    count = statements_of(person)
    _take_away(ClaimReview.objects.filter(claim__person=person))
    _take_away(Claim.objects.filter(person=person))
    Person.objects.filter(ref=person).update(
        name_ar="", name_latin="", folded=NO_NAME, erased_on=on, version=F("version") + 1
    )
    log.entry("erasure.statements", person, {"count": count})
    return count


def say_again(person: str) -> None:
    """Have it that something is said of this person again: she is looked at like everybody from here on."""
    Person.objects.filter(ref=person, erased_on__isnull=False).update(erased_on=None)


def kin_told(person: str, *, links: bool) -> int:
    """How much the register tells of how a person stands to others and would go; `links`: whether links to
    people of whom something is still said go too.
    """
    place = Person.objects.filter(ref=person).exclude(family=None, relation="").count()
    return place + _kin_claims(person).count() + _links(person, every=links).count()


def erase_kin(person: str, *, links: bool, log: Log) -> int:
    """Take away how a person stands to others; how much. A family of nobody goes with its last member."""
    count = kin_told(person, links=links)
    _take_away(_links(person, every=links))
    _take_away(ClaimReview.objects.filter(claim__in=_kin_claims(person)))
    _take_away(_kin_claims(person))
    families = list(
        Person.objects.filter(ref=person, family__isnull=False).values_list("family_id", flat=True)
    )
    Person.objects.filter(ref=person).update(family=None, relation="", version=F("version") + 1)
    Family.objects.filter(ref__in=families, person__isnull=True).delete()
    log.entry("erasure.kin", person, {"count": count})
    return count


def _kin_claims(person: str) -> QuerySet[Any]:
    return Claim.objects.filter(person=person, attribute__in=KIN_CLAIMS)


def _links(person: str, *, every: bool) -> QuerySet[Any]:
    mine = KinLink.objects.filter(Q(child=person) | Q(parent=person))
    if every:
        return mine
    silent = Q(child=person, parent__erased_on__isnull=False) | Q(
        parent=person, child__erased_on__isnull=False
    )
    return mine.filter(silent)


def _take_away(rows: QuerySet[Any]) -> None:
    require_writing(rows.model, "erase")
    rows._raw_delete(rows.db)
