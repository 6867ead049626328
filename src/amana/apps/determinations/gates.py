"""The gate of a country of origin for a person, decided by the pack `gate`: whether anything may be told.

Only the definite answer `open` opens; unknown, invalid and closed all keep it closed. The facts come from the
consents and what stands beside them, from the claims of the register (birth, a confirmed nationality) and
from assessments and determinations in force. Nothing is stored: a consent taken back closes at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from amana.apps.consents import codes, standing
from amana.apps.decisions.packs import find_pack, pack_folder
from amana.apps.determinations.codes import ASSESSMENT, DETERMINATION
from amana.apps.determinations.holding import holding
from amana.apps.determinations.models import Determination
from amana.apps.determinations.states import IN_FORCE
from amana.apps.registry import facts as register
from amana.apps.registry.facts import Known
from amana.core.dates import DateSpan, age_span, clip
from amana.core.facts import AllOf, Evidence, FactRow, FactValue, Standing
from amana.core.policy import BIRTH, Pack, Verdict, decide

GATE = "gate"
OPEN = "open"
ADULT = "adult_age"

Stamps: TypeAlias = tuple[tuple[str, int, int], ...]
"""Path, instant of the last change and size of each file of the packs."""


def gate_pack() -> Pack:
    """The law of the gate, read anew when one of its files has changed. Raises `PackFaults`."""
    return _gate_of(_stamps())


@lru_cache(maxsize=2)
def _gate_of(_stamps_of_files: Stamps) -> Pack:
    return find_pack(GATE)


def _stamps() -> Stamps:
    beside = pack_folder(GATE).parent  # with what the pack extends
    files = (file for file in sorted(beside.rglob("*")) if file.suffix in (".yaml", ".csv"))
    return tuple((str(file), stat.st_mtime_ns, stat.st_size) for file in files for stat in (file.stat(),))


def decision_of(step: str) -> str:
    """The decision of the pack that opens a step."""
    return codes.PURPOSE_OF[step]


def situation(ref: str, nation: str, step: str, on: date) -> FactRow:
    """What is known of one person, one country and one step as of a day."""
    known = register.provide([ref], on).get(ref, {})
    birth = known[BIRTH].value if BIRTH in known else None
    values: dict[str, FactValue] = dict(
        standing.facts(ref, nation, step, on, entitled=entitled(birth, on, gate_pack()))
    )
    if BIRTH in known:
        values[BIRTH] = birth
    if "own_nation" not in values and _proved(known, nation):
        values["own_nation"] = frozenset({codes.PROVED})
    values |= _best_interests(ref)
    evidence: Mapping[str, Evidence] = {BIRTH: known[BIRTH].evidence} if BIRTH in known else {}
    return FactRow(ref, on, values, evidence)


def verdict(ref: str, nation: str, step: str, on: date) -> Verdict:
    """The answer of the gate."""
    return decide(gate_pack(), decision_of(step), situation(ref, nation, step, on))


def is_open(found: Verdict) -> bool:
    """Whether an answer opens: the one definite answer, and nothing else."""
    return found.outcome == OPEN and found.possible == (OPEN,)


def open_for(refs: Sequence[str], on: date, step: str = codes.ENQUIRY) -> frozenset[str]:
    """Those of these people for whom the gate of some country is open for this step."""
    asked = sorted(standing.asked_of(refs, step))
    return frozenset(ref for ref, nation in asked if nation and is_open(verdict(ref, nation, step, on)))


def entitled(birth: FactValue, on: date, pack: Pack) -> Iterable[str]:
    """Whose consent counts: the person's own, the guardian's, or both where the age is open."""
    adult = pack.parameters[ADULT].value
    span = clip(birth, on) if isinstance(birth, DateSpan) else None
    youngest, oldest = age_span(span, on, pack.leap_day) if span is not None else (None, None)
    if not isinstance(adult, int):
        return codes.GIVERS
    givers = set()
    if oldest is None or oldest >= adult:
        givers.add(codes.PERSON)
    if youngest is None or youngest < adult:
        givers.add(codes.GUARDIAN)
    return frozenset(givers)


def _proved(known: Mapping[str, Known], nation: str) -> bool:
    """Whether the register holds this nationality as confirmed; one of several that may be is no proof."""
    found = known.get("nationality")
    if found is None or found.evidence.standing is not Standing.CONFIRMED or found.evidence.disputed:
        return False
    value = found.value
    return value == frozenset({nation}) or (isinstance(value, AllOf) and nation in value)


def _best_interests(ref: str) -> dict[str, FactValue]:
    """Whether an assessment is in force, and what the last determination in force, uncontested, decides."""
    rows = Determination.objects.filter(person=ref, ended_on=None)
    assessed = rows.filter(holding(), kind__in=(ASSESSMENT, DETERMINATION)).exists()
    decided = (
        rows.filter(kind=DETERMINATION, state__in=sorted(map(str, IN_FORCE)))
        .order_by("-in_force_from", "-asked_at")
        .values_list("decides", flat=True)
        .first()
    )
    values: dict[str, FactValue] = {"assessment": bool(assessed)}
    if decided is not None:
        values["determination"] = frozenset({codes.RETURN if decided == codes.RETURN else "other"})
    return values
