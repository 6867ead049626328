"""A reading laid out for checking: columns with their guesses, rows with what is wrong, and who is
known already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amana.apps.accounts.viewers import Viewer
from amana.casework.intake import Matches, match
from amana.casework.listing import WEIGHT, ListRead, Message, RowRead, column_letter
from amana.casework.listing.columns import REFUSED
from amana.exchange import staged_reading
from amana.exchange.staged_reading import Summary
from amana.exchange.staging import StagedList
from amana.web.people.nations import Nation, nations
from amana.web.register.words import field_words, finding_words, reason_words, refusal_words, sex_words
from amana.wording.ages import birth_in_words
from amana.wording.languages import language

PAGE = 50
MOST_SUMMED = 5
MOST_MATCHED = 5000
"""Longer lists are not compared with the register on a page; the commit still adds nothing twice."""


@dataclass(frozen=True)
class ColumnLine:
    """One column: heading as written, examples, what it is taken as, and why. A refused one offers no
    choice.
    """

    letter: str
    heading: str
    examples: tuple[str, ...]
    taken: str
    also: str
    choices: tuple[tuple[str, str], ...]
    reason: str
    sure: bool
    refused: str


@dataclass(frozen=True)
class Finding:
    """One finding in a row: how heavy, and the sentence."""

    kind: str
    column: str
    stated: str
    words: str


@dataclass(frozen=True)
class RowLine:
    """One row: what was written and what was read."""

    number: int
    bad: bool
    duplicate: bool
    name: str
    other_name: str
    written: str
    read_as: str
    sex: str
    nations: tuple[Nation, ...]
    findings: tuple[Finding, ...]
    original: tuple[tuple[str, str], ...]
    known: str
    committed: bool
    possible: tuple[tuple[str, str], ...]


KINDS = {"error": "breach", "warning": "due", "note": ""}


def column_lines(summary: Summary) -> tuple[ColumnLine, ...]:
    """Every column, in the order of the sheet."""
    words = field_words()
    lines = []
    for column in summary.columns:
        refused = refusal_words() if column.field == REFUSED else ""
        lines.append(
            ColumnLine(
                letter=column_letter(column.index),
                heading=column.heading,
                examples=column.examples,
                taken=column.field,
                also=words.get(column.also, "") if column.also != "other" else "",
                choices=() if refused else tuple(words.items()),
                reason=reason_words(column.reason, column.sure),
                sure=column.sure,
                refused=refused,
            )
        )
    return tuple(lines)


def row_line(row: RowRead, matches: Matches | None = None) -> RowLine:
    """One row in words; `matches` says who is known already."""
    lead, other = _in_reading_order(row.name_ar, row.name_latin)
    known = matches.known if matches else {}
    possible = matches.possible.get(row.number, ()) if matches else ()
    return RowLine(
        number=row.number,
        bad=row.status == "error",
        duplicate=row.status == "duplicate",
        name=lead,
        other_name=other,
        written=row.birth_stated,
        read_as=birth_in_words(row.birth) if row.birth else "",
        sex=sex_words(row.sex),
        nations=nations(row.nationality),
        findings=tuple(_finding(each) for each in row.messages),
        original=tuple((heading, cell) for heading, cell in row.original.items() if cell),
        known=known.get(row.number) or "",
        committed=row.number in known,
        possible=tuple(
            (each.ref or "", _in_reading_order(each.name_ar, each.name_latin)[0]) for each in possible
        ),
    )


def _in_reading_order(arabic: str, latin: str) -> tuple[str, str]:
    """The name in the reader's script first; the only one there is where the other is missing."""
    first, second = (arabic, latin) if language() == "ar" else (latin, arabic)
    return (first, second) if first else (second, "")


def _finding(message: Message) -> Finding:
    kind = KINDS[WEIGHT.get(message.code, "warning")]
    return Finding(kind, message.column, message.stated, finding_words(message.code))


def known_already(staged: StagedList, reading: ListRead, viewer: Viewer) -> Matches:
    """Who of this list is known."""
    return match(reading, viewer, sender=staged.sender)


def summed_errors(staged: StagedList) -> tuple[list[dict[str, str]], int]:
    """The first rows in error as lines of the error summary, and how many more there are."""
    lines: list[dict[str, str]] = []
    more = 0
    for row in staged_reading.held_back(staged):
        if len(lines) < MOST_SUMMED:
            words = " ".join(finding_words(each.code) for each in row.messages)
            lines.append({"number": str(row.number), "words": words, "target": f"r{row.number}"})
        else:
            more += 1
    return lines, more


def changed_mapping(summary: Summary, posted: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """The corrections after a form: those made before, and each column now taken as something else."""
    fields = field_words()
    mapping = dict(kept)
    for column in summary.columns:
        letter = column_letter(column.index)
        chosen = posted.get(f"column-{letter}", "")
        if chosen in fields and column.field not in {chosen, REFUSED}:
            mapping[letter] = chosen
    return mapping
