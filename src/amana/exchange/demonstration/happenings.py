"""What a list doesn't say: deaths, a mother in hospital, documents that confirm, correct or contradict it.

Written by the commands of `casework.amend`, all in one transaction: it has happened altogether or not at all.
Counts are shares of the mothers and children on the list, at least one of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording
from amana.apps.placements import commands as places
from amana.apps.placements import queries as place_queries
from amana.apps.registry import queries as register
from amana.apps.registry.answers import PersonLine
from amana.casework import amend
from amana.core.dates import DateSpan
from amana.core.facts import Standing
from amana.exchange.demonstration.population import LISTED_ON, STANDS_ON

HOSPITAL_EN, HOSPITAL_AR = "Hospital near Site A (demonstration)", "مستشفى قرب الموقع أ (تجريبي)"
DIED, IN_HOSPITAL, CONFIRMED, NARROWED, CONTRADICTED = 0.02, 0.006, 0.02, 0.015, 0.01
PASSPORT = "copy of a passport (demonstration)"
CARD = "vaccination card (demonstration)"
SINCE_LIST = (STANDS_ON - LISTED_ON).days


@dataclass(frozen=True)
class Telling:
    """Who tells, when, and to what end: arguments that every command of this module takes."""

    by: Viewer
    at: datetime
    rng: Random

    def when(self) -> date:
        """A day between the list and today."""
        return LISTED_ON + timedelta(days=self.rng.randint(1, SINCE_LIST))


def tell(batch: str, seed: int, *, by: Viewer, at: datetime) -> str:
    """Tell the register what happened to people of this batch; once. Says what it told."""
    if any(place.name_en == HOSPITAL_EN for place in place_queries.facilities(by)):
        return "recorded before"
    people = list(in_sheet_order(batch, by))
    telling = Telling(by, at, Random(f"happenings {seed}"))  # noqa: S311 - invented events, not secrets
    with recording(by, at):
        hospital = places.add_facility(name_en=HOSPITAL_EN, name_ar=HOSPITAL_AR, kind="other", by=by, at=at)
        mothers = _shuffled(telling, [line for line in people if line.relation == "wife_mother"])
        children = _shuffled(telling, [line for line in people if line.relation in ("son", "daughter")])
        died, moved = _share(mothers, DIED), _share(mothers, IN_HOSPITAL)
        for line in mothers[:died]:
            _dies(telling, line)
        for line in mothers[died : died + moved]:
            _goes_to_hospital(telling, line, hospital)
        confirmed = sum(_confirmed(telling, line) for line in children[: _share(children, CONFIRMED)])
        told = _documents(telling, children[_share(children, CONFIRMED) :])
    return (
        f"deaths {died}, moved to hospital {moved}, nationalities confirmed {confirmed}, "
        f"births narrowed by a document {told['narrowed']}, contradicted {told['contradicted']}"
    )


def in_sheet_order(batch: str, by: Viewer) -> Iterator[PersonLine]:
    """Everybody of the batch in the order of the sheet, so that a seed always chooses the same people."""
    after = 0
    while rows := register.listed_rows(by, batch, after=after):
        after = rows[-1].number
        refs = [row.person for row in rows if row.person]
        known = register.lines(by, refs)
        yield from (known[ref] for ref in refs)


def _share(people: Sequence[PersonLine], share: float) -> int:
    return min(len(people), max(1, round(len(people) * share)))


def _shuffled(telling: Telling, people: list[PersonLine]) -> list[PersonLine]:
    return telling.rng.sample(people, len(people))


def _dies(telling: Telling, line: PersonLine) -> None:
    amend.record_death(
        person=line.ref,
        died=telling.when().isoformat(),
        source="clinic",
        note="death notice of the site's clinic (demonstration)",
        by=telling.by,
        at=telling.at,
        on=STANDS_ON,
    )


def _goes_to_hospital(telling: Telling, line: PersonLine, hospital: str) -> None:
    amend.move(
        person=line.ref,
        facility=hospital,
        moved_on=telling.when(),
        source="site's clinic (demonstration)",
        by=telling.by,
        at=telling.at,
        on=STANDS_ON,
    )


def _confirmed(telling: Telling, line: PersonLine) -> bool:
    """A passport confirms the nationality on the list; False where the list gives none or several."""
    codes = next(
        (claim.codes for claim in _claims(telling, line) if claim.attribute == "nationality"), frozenset()
    )
    if len(codes) != 1:
        return False
    code = next(iter(codes))
    _add(telling, line, "nationality", code, note=PASSPORT, standing=Standing.CONFIRMED)
    return True


def _documents(telling: Telling, children: Sequence[PersonLine]) -> Mapping[str, int]:
    """Vaccination cards: some narrow the birth on the list, others contradict it."""
    wanted = {"narrowed": _share(children, NARROWED), "contradicted": _share(children, CONTRADICTED)}
    told = dict.fromkeys(wanted, 0)
    for line in children:
        kind = next((kind for kind in wanted if told[kind] < wanted[kind]), None)
        if kind is None:
            break
        span = next((claim.span for claim in _claims(telling, line) if claim.attribute == "birth"), None)
        stated = _card(span, kind) if span else ""
        if stated:
            _add(telling, line, "birth", stated, note=CARD, standing=Standing.CLAIMED)
            told[kind] += 1
    return told


def _card(span: DateSpan, kind: str) -> str:
    """The month a card gives: inside the span or in the year before; nothing where it would say nothing."""
    if span.earliest is None or span.latest is None:
        return ""
    if kind == "contradicted":
        return f"{span.earliest.year - 1}-{span.earliest.month:02d}"
    if (span.latest - span.earliest).days < 90:
        return ""
    middle = span.earliest + (span.latest - span.earliest) / 2
    return f"{middle:%Y-%m}"


def _claims(telling: Telling, line: PersonLine) -> tuple[register.ClaimView, ...]:
    return register.claims(telling.by, line.ref)


def _add(
    telling: Telling, line: PersonLine, attribute: str, stated: str, *, note: str, standing: Standing
) -> None:
    amend.add_claim(
        person=line.ref,
        attribute=attribute,
        stated=stated,
        source="document",
        note=note,
        said_on=telling.when(),
        by=telling.by,
        at=telling.at,
        on=STANDS_ON,
        standing=standing,
    )
