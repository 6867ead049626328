"""A pack as the text it is built from: its files and those of the packs beneath, read from disk or stored.

As JSON in the order in which it was written, for the order of facts decides which is asked for first. Built
again it must give the hash it is stored under; anything else is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from amana.apps.decisions.packs import extended_folders, pack_folder, read_pack_files
from amana.core.errors import AmanaError, PackFaults
from amana.core.policy import Pack, build_pack
from amana.core.policy.editing.edits import Edit, apply_edit


class SpoiltPack(AmanaError):
    """A stored pack is not what was stored."""


@dataclass(frozen=True, eq=False)
class PackText:
    """The files of a pack (path -> parsed content) and the text of each pack beneath. Told apart by
    identity, so that what follows from one can be remembered.
    """

    files: Mapping[str, Any]
    extends: tuple[PackText, ...] = ()

    @cached_property
    def beneath(self) -> tuple[Pack, ...]:
        """The packs it extends, built."""
        return tuple(text.pack for text in self.extends)

    @cached_property
    def pack(self) -> Pack:
        """The pack of this text. Raises `PackFaults`."""
        if self.draft.findings:
            raise PackFaults(self.draft.id, self.draft.findings)
        return self.draft

    @cached_property
    def draft(self) -> Pack:
        """The pack as a draft, whose gaps and conflicts stand in its findings. Raises `PackFaults`."""
        return build_pack(self.files, self.beneath, draft=True)

    def edited(self, edits: Sequence[Edit]) -> PackText:
        """The text after these edits, one after another. Raises `EditRefused`."""
        text = self
        for edit in edits:
            text = PackText(apply_edit(text.files, edit, self.beneath), self.extends)
        return text

    def plain(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {"files": dict(self.files), "extends": [text.plain() for text in self.extends]}

    def written(self) -> str:
        """All of it as one JSON text."""
        return json.dumps(self.plain(), ensure_ascii=False, separators=(",", ":"))


def text_of_plain(content: Mapping[str, Any]) -> PackText:
    """The inverse of `PackText.plain`."""
    return PackText(content["files"], tuple(text_of_plain(each) for each in content["extends"]))


def text_on_disk(name_or_path: str | Path) -> PackText:
    """The text of a shipped pack or a folder, as it stands now. Raises `NoSuchPack`, `PackFaults`."""
    folder = pack_folder(name_or_path)
    files = read_pack_files(folder)
    return PackText(files, tuple(text_on_disk(beneath) for beneath in extended_folders(folder, files)))


def digest_of(written: str) -> str:
    """SHA-256 over a written text: its order of keys included, which a pack's hash leaves out."""
    return hashlib.sha256(written.encode()).hexdigest()


def read_text(written: str, digest: str, pack_hash: str) -> PackText:
    """The text that was stored under a hash. Raises `SpoiltPack` where it isn't that any more."""
    if digest_of(written) != digest:
        raise SpoiltPack(_SPOILT % pack_hash[:12])
    text = text_of_plain(json.loads(written))
    if text.pack.hash != pack_hash:
        raise SpoiltPack(_SPOILT % pack_hash[:12])
    return text


_SPOILT = (
    "The stored text of the pack %s was changed after it was stored; nothing is decided with it. "
    "Restore the database from a backup, and look into the trail."
)
