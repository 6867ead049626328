"""Kin and care needs of many people at once, as far as whoever keeps a place may know them: the mother who is
in reach, too, and that somebody expects a child.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.emergency import Locked
from amana.apps.audit.sealing import have_keys
from amana.apps.registry.models import Claim, KinLink
from amana.apps.registry.reach import among
from amana.core.facts import Standing
from amana.core.need_to_know import Level


def mothers_of(viewer: Viewer, refs: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Child -> the mothers whom the viewer reaches as well, for who knows kin at least coarsely; a child of
    whom none is known to her is absent.
    """
    viewer.require("people.see")
    known = among(viewer, refs, ("C4",), Level.COARSE)
    links = KinLink.objects.filter(child__in=known, role="mother", doubted=False)
    stand = links.exclude(standing=Standing.REFUTED).order_by("id").values_list("child_id", "parent_id")
    rows = list(dict.fromkeys(stand))
    reached = among(viewer, {parent for _, parent in rows}, ("C4",), Level.COARSE)
    found: dict[str, tuple[str, ...]] = {}
    for child, parent in rows:
        if parent in reached:
            found[child] = (*found.get(child, ()), parent)
            viewer.saw_all((child, parent))
    return found


def expecting(viewer: Viewer, refs: Iterable[str]) -> frozenset[str]:
    """Those of whom it is on record that they expect a child, for who may know it as a mark; nobody while
    what is sealed is locked.
    """
    viewer.require("people.see")
    known = among(viewer, refs, ("C7",), Level.FLAG)
    rows = list(
        Claim.objects.filter(person__in=known, attribute="pregnant").exclude(standing=Standing.REFUTED)
    )
    have_keys(rows)
    found = frozenset(row.person_id for row in rows if _said(row))
    viewer.saw_all(found)
    return found


def _said(claim: Claim) -> bool:
    try:
        return bool((claim.sealed or {}).get("flag"))
    except Locked:
        return False
