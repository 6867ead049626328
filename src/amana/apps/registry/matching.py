"""What the register already knows of a list: rows committed before, families to join, people who may be the
same.

A match here is the same folded name with a birth that may be the same; it is a hint to look, never a
statement that two records are one person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Model

from amana.apps.registry.models import Claim, Family, ListedRow, Person
from amana.core.dates import DateSpan

AT_ONCE = 900


@dataclass(frozen=True)
class Resembling:
    """A registered person with the folded name asked for; `births` are the spans claimed (none: unknown)."""

    ref: str
    folded: str
    name_ar: str
    name_latin: str
    births: tuple[DateSpan, ...]

    def may_be_born(self, span: DateSpan | None) -> bool:
        """Whether some claimed birth and `span` have a day in common; an unknown birth may be any."""
        return span is None or not self.births or any(_meet(birth, span) for birth in self.births)


def known_rows(identities: Iterable[str]) -> tuple[Counter[tuple[str, bool]], tuple[str, ...]]:
    """How many rows of each (identity, whether committed) the register keeps, and the batches they stand
    in.
    """
    found: Counter[tuple[str, bool]] = Counter()
    batches: set[str] = set()
    for some in _some(identities):
        rows = ListedRow.objects.filter(identity__in=some).values_list("identity", "person_id", "batch_id")
        for identity, person, batch in rows:
            found[identity, person is not None] += 1
            batches.add(batch)
    return found, tuple(sorted(batches))


def committed_rows(identities: Iterable[str]) -> Mapping[str, str]:
    """Identity -> person of the rows that were committed."""
    found: dict[str, str] = {}
    for some in _some(identities):
        rows = ListedRow.objects.filter(identity__in=some, person__isnull=False)
        found.update(rows.values_list("identity", "person_id"))
    return found


def known_families(sender: str, listed_on: date, labels: Iterable[str]) -> Mapping[str, str]:
    """Label -> family of the same sender and listing date."""
    found: dict[str, str] = {}
    for some in _some(labels):
        families = Family.objects.filter(sender=sender, listed_on=listed_on, label__in=some)
        found.update(families.values_list("label", "ref"))
    return found


def members(families: Iterable[str]) -> Sequence[tuple[str, str, str, str | None]]:
    """(family, person, relation, batch) of everybody in these families."""
    found: list[tuple[str, str, str, str | None]] = []
    for some in _some(families):
        rows = Person.objects.filter(family__in=some).order_by("ref")
        found.extend(rows.values_list("family_id", "ref", "relation", "batch_id"))
    return found


def taken(refs: Iterable[str], model: type[Model]) -> set[str]:
    """Which of these references are in use."""
    found: set[str] = set()
    for some in _some(refs):
        found.update(model._default_manager.filter(ref__in=some).values_list("ref", flat=True))
    return found


def resembling(folded: Iterable[str]) -> Mapping[str, Sequence[Resembling]]:
    """Folded name -> registered people who have it."""
    people: dict[str, tuple[str, str, str]] = {}
    for some in _some(folded):
        for ref, text, name_ar, name_latin in Person.objects.filter(folded__in=some).values_list(
            "ref", "folded", "name_ar", "name_latin"
        ):
            people[ref] = (text, name_ar, name_latin)
    births = _births(people)
    found: dict[str, list[Resembling]] = {}
    for ref, (text, name_ar, name_latin) in people.items():
        found.setdefault(text, []).append(Resembling(ref, text, name_ar, name_latin, births.get(ref, ())))
    return found


def _births(refs: Iterable[str]) -> Mapping[str, tuple[DateSpan, ...]]:
    found: dict[str, tuple[DateSpan, ...]] = {}
    for some in _some(refs):
        claims = Claim.objects.filter(person__in=some, attribute="birth").exclude(standing="refuted")
        for ref, earliest, latest in claims.values_list("person_id", "earliest", "latest"):
            found[ref] = (*found.get(ref, ()), DateSpan(earliest, latest))
    return found


def _meet(one: DateSpan, other: DateSpan) -> bool:
    begins_in_time = one.earliest is None or other.latest is None or one.earliest <= other.latest
    return begins_in_time and (other.earliest is None or one.latest is None or other.earliest <= one.latest)


def _some(values: Iterable[str]) -> Iterator[list[str]]:
    source = iter(dict.fromkeys(values))
    while some := list(islice(source, AT_ONCE)):
        yield some
