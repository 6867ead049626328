"""Log lines without personal data: of an exception only its type and where it was raised.

The text of an exception may quote a row (a database names the key that was there twice), so it is never
written.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any


class QuietFormatter(logging.Formatter):
    """Formats a record as usual; exceptions as `TypeName at file:line, from file:line, ...`, innermost
    first.
    """

    def formatException(self, ei: Any) -> str:
        """Type and places of an exception and of those it came from."""
        kind, error, places = ei
        lines = [_line(kind, places)]
        while error is not None and (error := error.__cause__ or error.__context__):
            lines.append(f"caused by {_line(type(error), error.__traceback__)}")
        return "\n".join(lines)


def place(error: BaseException) -> str:
    """File and line where an exception was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"


def _line(kind: type[BaseException] | None, places: TracebackType | None) -> str:
    frames = reversed(traceback.extract_tb(places))
    where = ", from ".join(f"{frame.filename}:{frame.lineno}" for frame in frames)
    return f"{kind.__name__ if kind else 'error'} at {where or '?'}"
