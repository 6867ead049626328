"""Law pages: the law this office applies with its history and open proposals, and each pack as a table."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amana.apps.decisions import law_queries
from amana.apps.decisions.office_pack import office_pack, pack_named, text_of
from amana.apps.decisions.packs import shipped_packs
from amana.core.errors import PackFaults
from amana.web.access import access
from amana.web.clock import office_of, today_of
from amana.web.law.packs import PackEntry, pack_entry
from amana.web.law.pages import pack_context
from amana.web.law.proposals import ProposalLine, proposal_line
from amana.web.law.versions import version_lines
from amana.web.requests import OfficeRequest


@access("law.see")
@require_safe
def list_packs(request: OfficeRequest) -> HttpResponse:
    """The law applied, its texts so far, proposals, and every pack of this installation beside the office's
    own; one that can't be read says why.
    """
    own = office_of(request).pack
    names = {own, *shipped_packs()}
    entries = sorted((_entry(name, own) for name in names), key=lambda entry: (not entry.own, entry.id))
    proposed = _proposed(request) if not entries[0].faults else ()
    context = {
        "entries": entries,
        "own": next((entry for entry in entries if entry.own), None),
        "versions": version_lines(law_queries.versions(request.viewer)) if not entries[0].faults else (),
        "open": [each for each in proposed if each.open],
        "closed": [each for each in proposed if not each.open],
        "may_weigh": law_queries.may_weigh(request.viewer),
        "may_propose": request.viewer.may("law.propose"),
    }
    return render(request, "law/list.html", context)


def _proposed(request: OfficeRequest) -> tuple[ProposalLine, ...]:
    """Every proposal, newest first, each told by the text it was made on, for those who may weigh them."""
    viewer = request.viewer
    if not law_queries.may_weigh(viewer):
        return ()
    known = law_queries.proposals(viewer)
    texts = {each.base_hash: text_of(each.base_hash) for each in known}
    return tuple(
        proposal_line(each, text.pack if (text := texts[each.base_hash]) else office_pack()) for each in known
    )


def _entry(name: str, own: str) -> PackEntry:
    try:
        return pack_entry(office_pack() if name == own else pack_named(name), own=name == own)
    except PackFaults as faults:
        return PackEntry(name, own=name == own, faults=tuple(str(fault) for fault in faults.faults))


@access("law.see")
@require_safe
def show_pack(request: OfficeRequest, pack: str) -> HttpResponse:
    """One pack: rules with dates and sources, readings, events, gaps, conflicts, worked cases. Of the
    office's own, the text that it applies.
    """
    own = pack in (office_of(request).pack, office_pack().id)
    if not own and pack not in shipped_packs():
        raise Http404
    known = office_pack() if own else pack_named(pack)
    context = pack_context(known, own=own, today=today_of(request), viewer=request.viewer)
    may_propose = own and request.viewer.may("law.propose")
    return render(request, "law/pack.html", {**context, "may_propose": may_propose})
