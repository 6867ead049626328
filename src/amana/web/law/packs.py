"""A pack in one line of a list, whether it can be read or not."""

from __future__ import annotations

from dataclasses import dataclass

from amana.apps.decisions.office_pack import pack_named
from amana.apps.decisions.packs import NoSuchPack
from amana.core.errors import PackFaults
from amana.core.policy import Pack
from amana.web.texts import standing_of_pack
from amana.wording.languages import pick


@dataclass(frozen=True)
class PackEntry:
    """A pack in one line. `faults` is empty for one that can be read."""

    id: str
    own: bool = False
    title: str = ""
    short_hash: str = ""
    rules: int = 0
    status_kind: str = ""
    status_words: str = ""
    status_icon: str = ""
    exact: bool = True
    faults: tuple[str, ...] = ()


def title_of(id: str) -> str:
    """The title of a shipped pack; its id where it can't be read."""
    try:
        return pick(pack_named(id).title)
    except (NoSuchPack, PackFaults):
        return id


def pack_entry(pack: Pack, own: bool) -> PackEntry:
    """Return the pack's line in a list."""
    kind, words, drawn = standing_of_pack(pack.status)
    exact = all(pack.exact(decision) for decision in pack.decisions)
    return PackEntry(
        id=pack.id,
        own=own,
        title=pick(pack.title),
        short_hash=pack.hash[:6],
        rules=len(pack.rules),
        status_kind=kind,
        status_words=words,
        status_icon=drawn,
        exact=exact,
    )
