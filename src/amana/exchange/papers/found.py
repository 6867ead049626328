"""What a cleaner gives back: clean file, pages, codes of what was taken out (core.papers.REMOVED)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cleaned:
    """A file without what must not travel with it."""

    content: bytes
    pages: int
    removed: frozenset[str]
