"""The matrix of roles and classes of data, as it is enforced."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from amana.apps.accounts.matrix import MatrixCell, matrix
from amana.core.need_to_know import CLASSES, Level
from amana.web.access import access
from amana.web.requests import OfficeRequest
from amana.wording.withheld import CLASS_WORDS

LEVELS = {
    Level.NONE: gettext_noop("nothing"),
    Level.EXISTS: gettext_noop("that it exists"),
    Level.FLAG: gettext_noop("flag"),
    Level.COARSE: gettext_noop("coarse"),
    Level.READ: gettext_noop("read"),
    Level.WRITE: gettext_noop("write"),
}


@dataclass(frozen=True)
class CellWords:
    """One cell in words: what is opened, and what narrows it."""

    cls: str
    words: str
    note: str
    open: bool


@dataclass(frozen=True)
class RoleLine:
    """One role of the matrix, in words."""

    title: str
    description: str
    relation: str
    export: str
    second_person: bool
    cells: tuple[CellWords, ...]


@access("roles.see")
@require_safe
def roles_show(request: OfficeRequest) -> HttpResponse:
    """Every role with what it may know of which class, asked of the function that enforces it."""
    rows = tuple(
        RoleLine(
            title=_(row.title),
            description=_(row.description),
            relation=_(row.relation_words),
            export=_(row.export_words),
            second_person=row.granted_by == "second_person",
            cells=tuple(_cell(cell) for cell in row.cells),
        )
        for row in matrix()
    )
    classes = [(cls, _(CLASS_WORDS[cls])) for cls in CLASSES]
    viewer = request.viewer
    context = {
        "rows": rows,
        "classes": classes,
        "may_manage": viewer.may("accounts.manage"),
        "may_confirm": viewer.may("accounts.confirm"),
    }
    return render(request, "administration/roles.html", context)


def _cell(cell: MatrixCell) -> CellWords:
    words = _(LEVELS[cell.level])
    if cell.first and cell.level is Level.NONE:
        words = _("write once")
    elif cell.sealed:
        words = _("sealed")
    return CellWords(cell.cls, words, _(cell.note) if cell.note else "", words != _(LEVELS[Level.NONE]))
