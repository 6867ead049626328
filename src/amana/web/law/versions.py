"""The texts that the office's law has had: since when, by which proposal, for how many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from amana.apps.decisions.law_queries import VersionView
from amana.web.law.proposals import role_words


@dataclass(frozen=True)
class VersionLine:
    """One text of the office's law."""

    hash: str
    short_hash: str
    since: datetime | None
    current: bool
    proposal: str
    title: str
    by_role: str
    people: int
    before: str


def version_lines(versions: Iterable[VersionView]) -> tuple[VersionLine, ...]:
    """The texts in the order given, newest first; `before` is the one that each followed."""
    known = list(versions)
    older = [*(each.hash for each in known[1:]), ""]
    return tuple(
        VersionLine(
            hash=each.hash,
            short_hash=each.hash[:6],
            since=each.kept_at,
            current=each.current,
            proposal=each.proposal or "",
            title=each.title,
            by_role=role_words(each.by_role) if each.proposal else "",
            people=each.people,
            before=before,
        )
        for each, before in zip(known, older, strict=False)
    )
