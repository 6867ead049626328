"""The one way to write: `with recording(by, at) as log:` opens a transaction, allows records to be written
and appends what `log.entry` was told to the trail when the block ends, in that same transaction.

Nested blocks join the outer one; a nested block that fails takes its own writes and entries back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db import transaction

from amana.apps.audit.records import writing
from amana.apps.audit.trail import WRITES, Line, append
from amana.apps.audit.turns import transaction_in_turn

T = TypeVar("T")

_lines: ContextVar[list[Line] | None] = ContextVar("audit_lines", default=None)
_looked_up: ContextVar[dict[str, Any] | None] = ContextVar("looked_up", default=None)


class Actor(Protocol):
    """Whoever acts: known to the trail by an opaque id only."""

    @property
    def audit_id(self) -> UUID:
        """The opaque id."""


@dataclass(frozen=True)
class Log:
    """What a command tells the trail."""

    by: Actor
    at: datetime
    lines: list[Line]

    def entry(self, kind: str, subject: str, payload: Mapping[str, Any] | None = None) -> None:
        """Add one entry: kind as `noun.verb`, subject an opaque reference, payload plain JSON values."""
        self.lines.append(Line(self.at, self.by.audit_id, kind, subject, payload or {}))


def about_to_be_told(kind: str) -> Sequence[Line]:
    """What the open `recording` has been told of this kind and will append when it ends: in the trail for all
    who read after it. Nothing outside one.
    """
    return [line for line in _lines.get() or () if line.kind == kind]


def once_a_recording(name: str, look: Callable[[], T]) -> T:
    """What `look` gave when it was first asked for under this name in the open `recording`, so that one
    command stands on one state of what lies outside the database. Outside one it is looked at each time.
    """
    known = _looked_up.get()
    if known is None:
        return look()
    if name not in known:
        known[name] = look()
    found: T = known[name]
    return found


@contextmanager
def recording(by: Actor, at: datetime) -> Iterator[Log]:
    """Open (or join) the recorded transaction; `at` is an aware instant."""
    if at.tzinfo is None:
        raise ValueError("`at` must be an aware instant, in UTC")
    outer = _lines.get()
    if outer is not None:
        before = len(outer)
        try:
            with transaction.atomic():
                yield Log(by, at, outer)
        except BaseException:
            del outer[before:]
            raise
        return
    lines: list[Line] = []
    opened, allowed, looked_up = _lines.set(lines), writing.set(True), _looked_up.set({})
    try:
        with transaction_in_turn():
            yield Log(by, at, lines)
            append(WRITES, lines)
    finally:
        _lines.reset(opened)
        writing.reset(allowed)
        _looked_up.reset(looked_up)
