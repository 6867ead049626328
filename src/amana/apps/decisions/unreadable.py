"""Why a file of a pack can't be read as YAML or as a table, in words for whoever wrote it by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from amana.core.errors import Fault

_SECOND_COLON = re.compile(r"^[\s-]*[^\s:][^:]*:\s+\S.*:(?:\s|$)")
_KEY = re.compile(r"^\s*(?:- +)*[^\s#:][^:]*:(?:\s|$)")
_INDENTED = ("mapping values", "expected <block end>, but found '<block", "expected '<document start>'")


def yaml_fault(name: str, error: yaml.YAMLError, text: str) -> Fault:
    """The fault of a file that is no YAML: where, and the likely cause rather than the parser's."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    lines = text.splitlines()
    if mark is None or mark.line >= len(lines) + 1:
        return Fault(name, "file", f"The file can't be read as YAML: {problem}.", _ANYTHING)
    line = lines[mark.line] if mark.line < len(lines) else ""
    column = mark.column
    if "'\\t'" in problem:
        reason, mend = "A tab stands where YAML wants spaces.", "Replace the tab with spaces."
    elif problem.startswith(_INDENTED[0]) and _SECOND_COLON.match(line):
        reason = "The value holds “: ”, which begins another value."
        mend = "Put the whole value in quotes."
    elif problem.startswith(_INDENTED):
        column = len(line) - len(line.lstrip())
        reason = f"This line is indented by {column}, which fits no line above it."
        mend = "Begin it below the key it belongs beside: keys of one entry stand in one column."
    elif problem.startswith("could not find expected ':'"):
        return _no_colon(name, mark.line, lines)
    else:
        reason, mend = f"The file can't be read as YAML: {problem}.", _ANYTHING
    return Fault(name, f"line {mark.line + 1}, column {column + 1}", reason, mend)


_ANYTHING = "Write each key once, indent with spaces, and quote a text that holds “: ”, “?” or “{”."


def _no_colon(name: str, after: int, lines: Sequence[str]) -> Fault:
    """The parser tells such a line only when it meets the next one."""
    at = next((place for place in range(after - 1, -1, -1) if not _KEY.match(lines[place])), after)
    reason = "This line has no “: ” between a key and its value."
    return Fault(name, f"line {at + 1}", reason, "Write key: value, with a space after the colon.")


def heading_fault(name: str, headings: Sequence[str]) -> Fault | None:
    """The fault of a table whose columns are not separated by commas; None where they are."""
    if len(headings) != 1:
        return None
    sign = next((sign for sign in (";", "\t", "|") if sign in headings[0]), "")
    if not sign:
        return None
    told = "tabs" if sign == "\t" else f"“{sign}”"
    reason = f"The columns are separated by {told}."
    return Fault(name, "line 1", reason, "Separate them by commas: ref,on,birth,…")
