"""The pack the office has adopted, built once for each state of its files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from amana.apps.accounts.queries import office
from amana.apps.decisions.packs import find_pack, pack_folder
from amana.core.policy import Pack

PLACEMENT = "placement"


def office_pack() -> Pack:
    """The office's pack. Raises `NoOffice`, `NoSuchPack` or `PackFaults`."""
    return pack_named(office().pack)


def pack_named(name: str) -> Pack:
    """A pack by name or folder, remembered while no law file beside it changes. Raises `NoSuchPack` or
    `PackFaults`.
    """
    return _built(name, _state(pack_folder(name).parent))


def never_actionable() -> frozenset[str]:
    """Outcomes of the office's pack that may never be acted on: no list is made by them and no filter finds
    them.
    """
    outcomes = office_pack().decisions[PLACEMENT].outcomes
    return frozenset(id for id, outcome in outcomes.items() if not outcome.actionable)


def _state(folder: Path) -> tuple[tuple[str, int], ...]:
    """Name and change time of every law file beside the pack, so that an edited pack is built anew."""
    return tuple(sorted((str(file), file.stat().st_mtime_ns) for file in folder.rglob("*.yaml")))


@lru_cache(maxsize=4)
def _built(name: str, state: tuple[tuple[str, int], ...]) -> Pack:
    return find_pack(name)
