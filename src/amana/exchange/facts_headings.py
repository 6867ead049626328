"""The headings of a facts file: which columns there may be, what stops the file, and what to say of the rest.

`ref`, unique, and one column for each fact of the pack, in small letters; a date fact may stand in two
columns, `<fact>_earliest` and `<fact>_latest`, instead of its own. Refused: no headings, one of them twice,
no `ref`, no column for any fact of the pack, both forms of one date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from amana.core.errors import AmanaError
from amana.core.policy import FactDef, Pack
from amana.exchange.population.records import UnusableFacts


class MixedDateForms(AmanaError):
    """A date fact comes both as EDTF and as earliest and latest: wrong usage."""


def read_headings(path: Path, headings: Sequence[str], pack: Pack, on_column: str | None) -> dict[str, int]:
    """Where each column stands. Raises `UnusableFacts`."""
    if not any(headings):
        raise UnusableFacts(
            _("%(file)s has no headings. Its first line names the columns: ref and one for each fact.")
            % {"file": path}
        )
    twice = sorted(heading for heading, count in Counter(headings).items() if heading and count > 1)
    if twice:
        raise UnusableFacts(
            _("%(file)s: the heading %(heading)s stands twice. Keep one column of each name.")
            % {"file": path, "heading": ", ".join(twice)}
        )
    columns = {heading: index for index, heading in enumerate(headings) if heading}
    for needed in ("ref", on_column):
        if needed and needed not in columns:
            raise UnusableFacts(_no_column(path, needed, headings))
    facts = {name for name, fact in columns_of(pack, None).items() if fact}
    if facts and not facts & set(columns):
        raise UnusableFacts(_no_fact(path, pack, headings))
    return columns


def columns_of(pack: Pack, on_column: str | None) -> dict[str, FactDef | None]:
    """Every column that a facts file may have, with the fact that stands there."""
    columns: dict[str, FactDef | None] = {"ref": None}
    if on_column:
        columns[on_column] = None
    for name, fact in pack.facts.items():
        names = (name, f"{name}_earliest", f"{name}_latest") if fact.type == "date" else (name,)
        columns.update(dict.fromkeys(names, fact))
    return columns


def notes_on(columns: Mapping[str, int], pack: Pack, on_column: str | None) -> tuple[str, ...]:
    """What the headings lack and what they hold in vain. Raises `MixedDateForms`."""
    expected = {"ref", on_column}
    absent = []
    for name, fact in pack.facts.items():
        bounds = {f"{name}_earliest", f"{name}_latest"} if fact.type == "date" else set()
        if name in columns and bounds & set(columns):
            raise MixedDateForms(
                _("Give %(fact)s as one EDTF column, or as %(fact)s_earliest and %(fact)s_latest, not both.")
                % {"fact": name}
            )
        expected |= {name, *bounds}
        if not ({name, *bounds} & set(columns)):
            absent.append(name)
    notes = [_("No column %(fact)s: unknown for every row.") % {"fact": name} for name in absent]
    extra = [column for column in columns if column not in expected]
    if extra:
        said = _("Ignored, not facts of the pack %(pack)s: %(columns)s.")
        notes.append(said % {"pack": pack.id, "columns": ", ".join(extra)})
    return tuple(notes)


def _no_column(path: Path, column: str, headings: Sequence[str]) -> str:
    said = _("%(file)s has no column “%(column)s”. Its headings, separated by commas, are: %(found)s.") % {
        "file": path,
        "column": column,
        "found": _found(headings),
    }
    return _with_hint(said, [column], headings)


def _no_fact(path: Path, pack: Pack, headings: Sequence[str]) -> str:
    said = _(
        "%(file)s has no column for any fact of the pack %(pack)s, so that nobody could be decided. "
        "Its headings, separated by commas, are: %(found)s. Facts: %(facts)s."
    ) % {"file": path, "pack": pack.id, "found": _found(headings), "facts": ", ".join(pack.facts)}
    return _with_hint(said, [*columns_of(pack, None)], headings)


def _with_hint(said: str, wanted: Sequence[str], headings: Sequence[str]) -> str:
    """A heading that differs by its capitals only is named."""
    near = [heading for heading in headings if heading not in wanted and heading.lower() in wanted]
    if not near:
        return said
    told = _("Write headings in small letters: %(right)s, not %(found)s.")
    right = ", ".join(heading.lower() for heading in near)
    return f"{said} {told % {'right': right, 'found': ', '.join(near)}}"


def _found(headings: Sequence[str]) -> str:
    """The headings as they stand, without what a terminal would obey."""
    told = ", ".join(heading for heading in headings if heading)
    return "".join(character if character.isprintable() else "\ufffd" for character in told)
