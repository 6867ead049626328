"""One open proposal for the law desk of the demonstration office, so that a second person has something to
decide.

The later reading “until three” of the shipped pack that holds it, as from a day of the demonstration; with
the gap that it opens. Nothing is adopted.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from amana.apps.accounts import queries as accounts
from amana.apps.accounts.viewers import Viewer, installer
from amana.apps.decisions.packs import read_pack_files
from amana.casework import proposals
from amana.core.policy.editing.edits import Edit

READ_FROM = "iraq_moj_statement"
THRESHOLD, INSTRUMENT, GAP = "stay_with_mother_max", "iq-moj-statement", "children-of-three"
FROM = date(2018, 3, 1)
TITLE = "Mothers keep their children until three"
REASON = (
    "A spokesman of the justice ministry later said that an imprisoned mother keeps her child until three. "
    "This asks whom that reading would move from 1 March 2018. It lowers an age that protects and leaves "
    "children of exactly three without a rule; the law behind the statement was not seen."
)


def propose_change(*, at: datetime) -> str:
    """Have the rules editor propose the change, once; says what was proposed."""
    editor = _rules_editor()
    if editor is None:
        return "no rules editor to propose one"
    if proposals.proposals(editor):
        return "proposed before"
    ref = proposals.propose(change(), title=TITLE, reason=REASON, by=editor, at=at)
    return f"{ref}: {THRESHOLD} lowered from {FROM}, waiting for a second person"


def change() -> Edit:
    """The dated edit: the value and reading, the text it rests on, and the gap."""
    files = read_pack_files(READ_FROM)
    told = files["parameters.yaml"][THRESHOLD]["changes"][0]
    gap = next(entry for entry in files["gaps.yaml"] if entry["id"] == GAP)
    content: dict[str, Any] = {key: told[key] for key in ("value", "source", "reading")}
    content["instrument"] = {"id": INSTRUMENT, **files["sources.yaml"]["instruments"][INSTRUMENT]}
    content["gaps"] = [{**gap, "in_force": {"from": FROM.isoformat()}}]
    return Edit("parameter", THRESHOLD, FROM, content)


def _rules_editor() -> Viewer | None:
    editors = (
        each for each in accounts.accounts(installer()) if each.role == "rules_editor" and each.is_active
    )
    first = next(editors, None)
    return accounts.viewer(first.id) if first else None
