"""Older texts of the office's law, readable like any pack, and what differs between any two texts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amana.apps.accounts.viewers import NotForYou
from amana.apps.decisions import law_queries
from amana.apps.decisions.office_pack import office_pack, pack_named
from amana.apps.decisions.packs import shipped_packs
from amana.core.errors import PackFaults
from amana.core.policy import Pack
from amana.web.access import access
from amana.web.clock import office_of, today_of
from amana.web.law.packs import title_of
from amana.web.law.pages import pack_context
from amana.web.law.versions import version_lines
from amana.web.requests import OfficeRequest
from amana.wording.pack_diff import diff_table
from amana.wording.pack_document import Section


@access("law.see")
@require_safe
def version_show(request: OfficeRequest, version: str) -> HttpResponse:
    """One text that this office has applied; the present one at its usual address."""
    pack = law_queries.version_pack(request.viewer, version)
    if pack.hash == office_pack().hash:
        return redirect("law:pack-show", pack.id)
    context = pack_context(pack, own=False, today=today_of(request), viewer=request.viewer)
    return render(request, "law/pack.html", {**context, "older_text": True, "compare_as": pack.hash})


@access("law.see")
@require_safe
def packs_compare(request: OfficeRequest) -> HttpResponse:
    """What differs from `?a=` to `?b=`, each a shipped pack or a text that this office has applied."""
    names = {key: request.GET.get(key, "") for key in ("a", "b")}
    before, after = (_text(request, name) for name in names.values())
    wrong = [key for key, pack in zip(names, (before, after), strict=True) if names[key] and pack is None]
    table = diff_table(before, after) if before and after else None
    context = {
        "choices": _choices(request),
        "chosen": names,
        "wrong": _("One of the two is no text of this installation. Choose from the lists.") if wrong else "",
        "table": table,
        "sections": [_section(each) for each in table.sections] if table else (),
    }
    return render(request, "law/difference.html", context, status=422 if wrong else 200)


def _section(section: Section) -> dict[str, Any]:
    """One list of differences; each cell with its heading, for narrow screens."""
    rows = [tuple(zip(section.headings, row, strict=True)) for row in section.rows]
    return {"title": section.title, "headings": section.headings, "rows": rows}


def _text(request: OfficeRequest, name: str) -> Pack | None:
    """The text of that name or hash; of the office's own pack, what it applies. None where there is none."""
    if name == office_of(request).pack:
        return office_pack()
    if name in shipped_packs():
        return _readable(name)
    try:
        return law_queries.version_pack(request.viewer, name) if name else None
    except NotForYou:
        return None


def _readable(name: str) -> Pack | None:
    try:
        return pack_named(name)
    except PackFaults:
        return None


def _choices(request: OfficeRequest) -> list[tuple[str, str]]:
    """Every text that can be compared: packs by title, older texts of the office's by day and hash."""
    here = office_of(request)
    packs = [(name, title_of(name)) for name in shipped_packs()]
    older = [
        (
            line.hash,
            _("%(title)s, text of %(day)s (%(hash)s)")
            % {
                "title": title_of(here.pack),
                "day": here.day_of(line.since).isoformat() if line.since else "",
                "hash": line.short_hash,
            },
        )
        for line in version_lines(law_queries.versions(request.viewer))
        if not line.current
    ]
    return packs + older
