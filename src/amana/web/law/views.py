"""Law pages: which packs there are, and one pack as a decision table that a lawyer can read and print."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amana.apps.decisions.packs import find_pack, shipped_packs
from amana.core.errors import PackFaults
from amana.web.access import access
from amana.web.clock import office_of, today_of
from amana.web.law.axis import axes
from amana.web.law.cases import worked_cases
from amana.web.law.citations import instrument_lines, readings
from amana.web.law.limits import conflict_lines, gap_lines
from amana.web.law.packs import PackEntry, pack_entry
from amana.web.law.table import decision_tables


@access("law.see")
@require_safe
def list_packs(request: HttpRequest) -> HttpResponse:
    """Every pack of this installation, the office's own first; one that can't be read says why."""
    own = office_of(request).pack
    entries = sorted(
        (_entry(name, own) for name in shipped_packs()), key=lambda entry: (not entry.own, entry.id)
    )
    return render(request, "law/list.html", {"entries": entries})


def _entry(name: str, own: str) -> PackEntry:
    try:
        return pack_entry(find_pack(name), own=name == own)
    except PackFaults as faults:
        return PackEntry(name, own=name == own, faults=tuple(str(fault) for fault in faults.faults))


@access("law.see")
@require_safe
def show_pack(request: HttpRequest, pack: str) -> HttpResponse:
    """One pack: rules with dates and sources, readings, events, gaps, conflicts, worked cases."""
    if pack not in shipped_packs():
        raise Http404
    read = find_pack(pack)
    context = {
        "entry": pack_entry(read, own=pack == office_of(request).pack),
        "pack": read,
        "tables": decision_tables(read),
        "axes": axes(read, today_of(request)),
        "gaps": gap_lines(read),
        "conflicts": conflict_lines(read),
        "readings": readings(read),
        "instruments": instrument_lines(read),
        "cases": worked_cases(read),
    }
    return render(request, "law/pack.html", context)
