"""The counts that a proposal was decided on, as they were kept with the decision: in fives, of nobody by
reference. What the register says today may differ and is counted beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from amana.apps.decisions.office_pack import PLACEMENT
from amana.core.policy import Pack
from amana.core.policy.compare import Moved
from amana.web.law.matrix import Matrix, Outcomes, counted, matrix_of, movements
from amana.wording.languages import as_written, pick


@dataclass(frozen=True)
class Kept:
    """What whoever decided has seen: the day it was counted for, who moves, and what else changes."""

    on: str
    people: int
    movements: tuple[str, ...]
    matrix: Matrix
    also: tuple[str, ...]


def kept_figures(figures: Mapping[str, Any] | None, pack: Pack) -> Kept | None:
    """The figures in words; `pack` names their outcomes. None where none were kept."""
    if figures is None:
        return None
    outcomes = Outcomes(pack, pack, PLACEMENT)
    moved = [
        Moved(before, after, count, tuple(map(tuple, ages)))
        for before, after, count, ages in figures["matrix"]
    ]
    return Kept(
        on=figures["on"],
        people=figures["people"],
        movements=movements(moved, outcomes),
        matrix=matrix_of(moved, outcomes, coarse=True),
        also=(
            *(
                _told(_("conflict %(id)s") % {"id": as_written(id)}, *counts)
                for id, *counts in figures["conflicts"]
            ),
            *(_told(_gap(title), *counts) for title, *counts in figures["gaps"]),
            *(_guard(*told) for told in figures.get("guards", ())),
        ),
    )


def _conflict(id: str) -> str:
    return _("conflict %(id)s") % {"id": as_written(id)}


def _guard(id: str, standing: int, ended: int | None) -> str:
    told = {"id": as_written(id), "standing": counted(standing, True)}
    if ended is None:
        return _("safeguard %(id)s: %(standing)s breaches and overdue duties stood under it") % told
    told["ended"] = counted(ended, True)
    return (
        _("safeguard %(id)s: of %(standing)s breaches and overdue duties %(ended)s would no longer be found")
        % told
    )


def _gap(title: Mapping[str, str]) -> str:
    return pick(title) or _("no entry describes it yet")


def _told(what: str, before: int, after: int) -> str:
    told = {"what": what, "counts": as_written(f"{counted(before, True)} → {counted(after, True)}")}
    return _("%(what)s: %(counts)s") % told
