"""The errors callers may catch.

Each says what is wrong, where, and what would be right; none holds personal data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class AmanaError(Exception):
    """Base of every expected error; `str(error)` is fit to be shown."""


class InvalidDate(AmanaError):
    """A text is no EDTF date this project reads."""


class BadReference(AmanaError):
    """A person, family, batch or site reference is mistyped."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a pack: the file, the id within it, why it is refused and how to mend it."""

    file: str
    id: str
    reason: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}: {self.id}: {self.reason} Mend: {self.mend}"


class PackFaults(AmanaError):
    """A pack can't be used; holds every fault found, not just the first."""

    def __init__(self, pack: str, faults: Sequence[Fault]) -> None:
        self.pack = pack
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))
