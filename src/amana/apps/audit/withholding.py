"""Sealed classes that whoever looks reads with a reason only: closed, case by case, until one was given.

Asked where a sealed value opens, so that a page or a query that forgets the reason shows nothing instead
of everything. Knows neither roles nor pages: who begins to look says which classes ask for a reason, and of
which cases one was given. A command at work (`recording`) opens what it must judge; machines of the office,
which look for nobody, aren't asked. A value that stands in no case asks for none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from amana.apps.audit.records import writing
from amana.core.errors import AmanaError

T = TypeVar("T")


class ReasonAsked(AmanaError):
    """A class of a case is read with a reason only, and none was given: `cls` of `case`."""

    def __init__(self, cls: str, case: str) -> None:
        self.cls, self.case = cls, case
        super().__init__("This is read with a reason only. Give it on the page of the case.")


@dataclass(frozen=True)
class Reasons:
    """Which classes ask for a reason, and of which (class, case) one was given.

    `met`, where it is given: while a form is sent and nothing is shown yet, what was closed and is judged all
    the same is noted there, so that whoever answers shows none of it.
    """

    classes: frozenset[str]
    given: frozenset[tuple[str, str]] = frozenset()
    met: list[ReasonAsked] | None = None


_looks: Final[ContextVar[Reasons | None]] = ContextVar("reasons", default=None)


@contextmanager
def looking(reasons: Reasons) -> Iterator[None]:
    """While somebody looks who reads these classes with a reason only."""
    before = _looks.set(reasons)
    try:
        yield
    finally:
        _looks.reset(before)


def asks(cls: str) -> bool:
    """Whether a class opens to whoever looks only in cases of which a reason was given."""
    reasons = _looks.get()
    return reasons is not None and cls in reasons.classes and not writing.get()


def closed(cls: str, case: str | None) -> bool:
    """Whether this class of this case is closed to whoever looks until she says why."""
    reasons = _looks.get()
    return bool(case) and asks(cls) and reasons is not None and (cls, case) not in reasons.given


def require_reason(cls: str, case: str | None) -> None:
    """Raise `ReasonAsked` while the class of the case is `closed`; note it where a form is being sent."""
    reasons = _looks.get()
    if reasons is None or not closed(cls, case):
        return
    asked = ReasonAsked(cls, str(case))
    if reasons.met is None:
        raise asked
    reasons.met.append(asked)


@dataclass(frozen=True)
class _Closed:
    """What stands in an answer in place of a text while it is closed."""

    cls: str
    case: str
    read: Callable[[], Any]

    def open(self) -> Any:
        require_reason(self.cls, self.case)
        return self.read()


class Withholding:
    """Base of answers that tell texts of a case beside what may be listed without a reason: a text that was
    closed raises `ReasonAsked` when it is asked for, not before.
    """

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        return value.open() if isinstance(value, _Closed) else value


def told(cls: str, case: str | None, read: Callable[[], T], *, own: bool = False) -> T:
    """What `read` gives, for a field of an answer that is `Withholding`: read only when it is asked for while
    the class of the case is closed. `own`: whoever looks wrote it herself, and needs no reason.
    """
    if own:
        with looking(Reasons(frozenset())):
            return read()
    return cast(T, _Closed(cls, str(case), read)) if closed(cls, case) else read()
