"""The two forms of a facts row: `core.FactRow`, and the columns of the table, which the policy engines read
as they are.

A date fact has the columns `_earliest`, `_latest` and `_stated`; a code fact one text, several codes sorted
and joined by `;` (one or more of them is true) or `+` (all are true); a boolean one of true, false, NULL.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from amana.core.dates import DateSpan
from amana.core.facts import Contradiction, Evidence, FactRow, FactValue, Standing
from amana.core.policy import parse_codes, write_codes
from amana.core.policy.frame import proved

DATES = ("birth",)
CODES = ("sex", "nationality")
FLAGS = ("mother_present",)
FACTS = (*DATES, *CODES, *FLAGS)
INVALID = "invalid:"


class NewFacts(NamedTuple):
    """Columns of a facts row."""

    person_id: str
    on: date
    birth_earliest: date | None
    birth_latest: date | None
    birth_stated: str
    sex: str | None
    nationality: str | None
    mother_present: bool | None
    evidence: Mapping[str, Mapping[str, Any]]
    invalid: Mapping[str, str]


def columns_of(row: FactRow) -> NewFacts:
    """The table's columns of a facts row."""
    birth = row.values.get("birth")
    span = birth if isinstance(birth, DateSpan) else DateSpan(None, None)
    stated = row.evidence["birth"].stated if "birth" in row.evidence else ""
    mother = row.values.get("mother_present")
    return NewFacts(
        row.ref,
        row.on,
        span.earliest,
        span.latest,
        stated,
        _joined(row.values.get("sex")),
        _joined(row.values.get("nationality")),
        mother if isinstance(mother, bool) else None,
        {name: _plain_evidence(each) for name, each in row.evidence.items()},
        {name: value.reason for name, value in row.values.items() if isinstance(value, Contradiction)},
    )


def row_of(columns: NewFacts) -> FactRow:
    """The facts row of the table's columns."""
    values: dict[str, FactValue] = {name: Contradiction(reason) for name, reason in columns.invalid.items()}
    if columns.birth_earliest is not None or columns.birth_latest is not None:
        values["birth"] = DateSpan(columns.birth_earliest, columns.birth_latest)
    for name in CODES:
        if joined := getattr(columns, name):
            values[name] = parse_codes(joined)
    if columns.mother_present is not None:
        values["mother_present"] = columns.mother_present
    evidence = {
        name: Evidence(Standing(each["standing"]), each["source"], each["stated"], each["disputed"])
        for name, each in columns.evidence.items()
    }
    return FactRow(columns.person_id, columns.on, values, evidence)


def plain_facts(row: FactRow) -> dict[str, str | bool | None]:
    """The facts as JSON values, as a decision keeps them: dates `earliest/latest` with `..` for an open
    end; None is unknown. Codes proved true together are written so (`IRQ+UZB`): the evidence is not kept.
    """
    values = proved(row) if row.evidence else row.values
    return {name: plain(values.get(name)) for name in FACTS}


def row_of_plain(ref: str, on: date, facts: Mapping[str, str | bool | None]) -> FactRow:
    """The facts row of a kept decision: the inverse of `plain_facts`, its evidence apart."""
    return FactRow(ref, on, {name: _read(name, value) for name, value in facts.items()})


def _read(name: str, value: str | bool | None) -> FactValue:
    if value is None or isinstance(value, bool):
        return value
    if value.startswith(INVALID):
        return Contradiction(value.removeprefix(INVALID))
    if name in DATES:
        earliest, _, latest = value.partition("/")
        return DateSpan(*(None if end == ".." else date.fromisoformat(end) for end in (earliest, latest)))
    return parse_codes(value)


def plain(value: FactValue) -> str | bool | None:
    """One fact as a JSON value."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, DateSpan):
        return f"{value.earliest or '..'}/{value.latest or '..'}"
    if isinstance(value, Contradiction):
        return f"{INVALID}{value.reason}"
    return _joined(value)


def _joined(value: FactValue) -> str | None:
    return write_codes(value) or None if isinstance(value, frozenset) else None


def _plain_evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "standing": str(evidence.standing),
        "source": evidence.source,
        "stated": evidence.stated,
        "disputed": evidence.disputed,
    }
