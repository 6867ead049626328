"""The errors callers may catch.

Each says what is wrong, where, and what would be right; none holds personal data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

FaultKind = Literal["form", "gap", "conflict", "interim", "idle", "stale", "anew"]
"""What is wrong: the pack can't be read as law at all (`form`), or its law has a hole, contradicts itself, or
leaves people without handling meanwhile. A draft may stand with all but the first. A rule that answers nobody
(`idle`), a text that repeats a number which changes (`stale`) and a value written anew that inherited
safeguards read (`anew`) are remarks: a pack stands with them.
"""

REMARKS: frozenset[FaultKind] = frozenset({"idle", "stale", "anew"})


class AmanaError(Exception):
    """Base of every expected error; `str(error)` is fit to be shown."""


class InvalidDate(AmanaError):
    """A text is no EDTF date this project reads."""


class BadReference(AmanaError):
    """A person, family, batch or site reference is mistyped."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a pack: the file, the id within it, why it is refused, how to mend it, and its kind."""

    file: str
    id: str
    reason: str
    mend: str
    kind: FaultKind = "form"

    def __str__(self) -> str:
        return f"{self.file}: {self.id}: {self.reason} Mend: {self.mend}"


class PackFaults(AmanaError):
    """A pack can't be used; holds every fault found, not just the first."""

    def __init__(self, pack: str, faults: Sequence[Fault]) -> None:
        self.pack = pack
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))
