"""Files that were asked for: one's own, those that wait for an answer, the register of what left; and one of
them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import Viewer
from amana.apps.exports import codes, queries
from amana.apps.exports.queries import ExportView
from amana.apps.placements import queries as placements
from amana.web.access import access
from amana.web.clock import now
from amana.web.exports import words
from amana.web.exports.forms import AnswerForm
from amana.web.people.cards import place_name
from amana.web.requests import OfficeRequest
from amana.wording.exports import column_words, purpose_words, recipient_words
from amana.wording.languages import listed

SEE = "exports.see"


@access(SEE)
@require_safe
def export_list(request: OfficeRequest) -> HttpResponse:
    """What waits for the viewer, her own files, and for whoever oversees all the others."""
    viewer, at = request.viewer, now()
    rows = [_row(view, view.open_at(at)) for view in queries.exports(viewer)]
    waiting = [row for row in rows if row["may_answer"] and viewer.may(queries.APPROVE)]
    context: dict[str, Any] = {
        "waiting": waiting,
        "own": [row for row in rows if row["view"].mine],
        "others": [row for row in rows if not row["view"].mine and row not in waiting],
        "may_ask": may_ask(viewer),
        "may_trace": viewer.may(queries.OVERSEE),
    }
    return render(request, "exports/list.html", context)


@access(SEE)
@require_safe
def export_show(request: OfficeRequest, export: UUID) -> HttpResponse:
    """One file: for whom, why, how many people; who answered; and what the viewer may do."""
    return show(request, export, AnswerForm())


def show(request: OfficeRequest, export: UUID, form: AnswerForm, refused: str = "") -> HttpResponse:
    """The page of a file, with a form that may hold faults. Raises `NotForYou`."""
    viewer = request.viewer
    view = queries.export(viewer, export)
    row, faulty = _row(view, view.open_at(now())), bool(form.errors or refused)
    context: dict[str, Any] = {
        **row,
        "form": form,
        "refused": [{"text": refused}] if refused else [],
        "columns": [column_words()[each] for each in view.columns],
        "classes": view.classes,
        "filters": list(_filters(viewer, view)),
        "approvals": [
            {"view": each, "role": _(ROLES[each.role].title), "yes": each.answer == codes.YES}
            for each in view.approvals
        ],
        "may_answer": row["may_answer"] and viewer.may(queries.APPROVE),
        "may_take": view.mine and row["open"] and not view.waits_for,
        "may_withdraw": view.mine and view.state == codes.ASKED,
    }
    return render(request, "exports/show.html", context, status=422 if faulty else 200)


def may_ask(viewer: Viewer) -> bool:
    """Whether the viewer's role takes any file out."""
    role = ROLES.get(viewer.role)
    return viewer.may(queries.ASK) and role is not None and role.export in codes.KIND_OF


def _row(view: ExportView, open_: bool) -> dict[str, Any]:
    kind, said, icon = words.state_of(view, open_)
    return {
        "view": view,
        "open": open_,
        "what": words.kind_words()[view.kind],
        "people": words.people_words(view.people),
        "recipient_kind": recipient_words()[view.recipient_kind],
        "purpose": purpose_words()[view.purpose],
        "state_kind": kind,
        "state_words": said,
        "state_icon": icon,
        "may_answer": open_ and not view.mine and not view.answered and bool(view.waits_for),
    }


def _filters(viewer: Viewer, view: ExportView) -> Iterable[tuple[str, str]]:
    """Each filter and its values, in words; a reference as it stands."""
    labels = {
        "group": _("Group"), "sex": _("Sex"), "facility": _("Site"), "family": _("Family"), "batch":
    _("Batch"), }  # fmt: skip
    known = any(map(viewer.may, ("people.see", "oversight.see")))
    places = {each.ref: place_name(each) for each in placements.facilities(viewer)} if known else {}
    said = {**words.group_words(), **places}
    for name, values in view.filters.items():
        yield labels[name], listed(said.get(value, value) for value in values)
