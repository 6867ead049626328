"""Everything the page of a pack shows, whichever text of it is read."""

from __future__ import annotations

from datetime import date
from typing import Any

from amana.apps.accounts.viewers import Viewer
from amana.core.policy import Pack
from amana.web.law.axis import axes
from amana.web.law.cases import worked_cases
from amana.web.law.citations import instrument_lines
from amana.web.law.limits import conflict_lines, gap_lines
from amana.web.law.packs import pack_entry
from amana.web.law.safeguards import open_now, safeguard_entries, watches
from amana.web.law.standing_on import beneath, question_lines, withdrawn
from amana.web.law.table import decision_tables
from amana.web.law.values import periods


def pack_context(pack: Pack, *, own: bool, today: date, viewer: Viewer) -> dict[str, Any]:
    """The context of `law/pack.html`; `own` marks the text that the office applies, `today` its day. Open
    breaches are counted for that text alone.
    """
    coarse = not viewer.may("people.see")
    watched = watches(pack, open_now(viewer, pack) if own else None, coarse)
    entries = safeguard_entries(pack, today)
    return {
        "entry": pack_entry(pack, own=own),
        "pack": pack,
        "tables": decision_tables(pack),
        "axes": axes(pack, today),
        "gaps": gap_lines(pack),
        "conflicts": [(line, watched[line.id]) for line in conflict_lines(pack)],
        "counted": own,
        "coarse": coarse,
        "safeguards": [each for each in entries if each.alive],
        "waiting": [each for each in entries if not each.alive],
        "may_oversee": own and viewer.may("oversight.see"),
        "readings": [(each, periods(each, pack, today)) for each in pack.parameters.values()],
        "instruments": instrument_lines(pack),
        "cases": worked_cases(pack),
        "beneath": beneath(pack),
        "withdrawn": withdrawn(pack),
        "questions": question_lines(pack),
    }
