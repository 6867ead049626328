"""The page of ASVS 5.0.0: each line of level 1 and 2, and those of level 3 that concern authentication,
sessions, access, cryptography, data and logging, with the test that holds it, the reason, or what is missing.

Read from docs/reference/asvs.txt; the standard's own text is not repeated, only its ids and our short words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "docs" / "reference" / "asvs.txt"
KINDS = {
    "test": "held by a test",
    "reason": "met for a reason",
    "none": "does not apply",
    "open": "not met yet",
}
CHAPTERS = {
    1: "Encoding and sanitising", 2: "Validation and business logic", 3: "Web frontend", 4: "Web service",
    5: "Files", 6: "Authentication", 7: "Sessions", 8: "Access", 9: "Self-contained tokens",
    10: "OAuth and OIDC", 11: "Cryptography", 12: "Communication", 13: "Configuration", 14: "Data",
    15: "Code", 16: "Logging and errors", 17: "WebRTC",
}  # fmt: skip
HEAD = """# ASVS 5.0

OWASP's Application Security Verification Standard 5.0.0, line by line: every line of levels 1 and 2, and of
level 3 those on authentication, sessions, access, cryptography, data and logging. The words are ours; the
standard's own stand [at OWASP](https://owasp.org/www-project-application-security-verification-standard/).
A test proves that each named test exists. *Not met yet* is said where it is so. Written from `asvs.txt` by
`python .ci/pages.py`; don't edit it.
"""


@dataclass(frozen=True)
class Line:
    """One line: id as V1.2.3, level, our words, how it is answered (a key of KINDS), and the answer."""

    id: str
    level: int
    words: str
    kind: str
    answer: str

    @property
    def place(self) -> tuple[int, ...]:
        """Its numbers, by which lines are ordered."""
        return tuple(int(part) for part in self.id[1:].split("."))

    @property
    def tests(self) -> tuple[str, ...]:
        """Paths and names of the tests that hold it, below tests/."""
        return tuple(each.strip() for each in self.answer.split(";")) if self.kind == "test" else ()


def lines(path: Path = DATA) -> list[Line]:
    """Every line of the data file. Raises ValueError for one that is not in the form its head describes."""
    found = []
    for text in path.read_text("utf-8").splitlines():
        if text and not text.startswith("#"):
            number, level, words, answer = text.split("|")
            kind, _, told = answer.partition(": ")
            if kind not in KINDS or not told:
                raise ValueError(f"{number}: the answer begins with one of {', '.join(KINDS)}")
            found.append(Line(number, int(level), words, kind, told))
    return found


def asvs_page() -> Iterator[str]:
    """The page, chapter by chapter."""
    every = lines()
    counts = Counter(line.kind for line in every)
    yield HEAD
    yield (
        "Of " + f"{len(every)} lines: " + ", ".join(f"{counts[kind]} {KINDS[kind]}" for kind in KINDS) + ".\n"
    )
    for chapter, group in groupby(every, key=lambda line: line.place[0]):
        yield f"## V{chapter} {CHAPTERS[chapter]}\n"
        yield "| line | level | what is asked | answer |"
        yield "|---|---|---|---|"
        for line in group:
            yield f"| {line.id[1:]} | {line.level} | {line.words} | {_answer(line)} |"
        yield ""


def _answer(line: Line) -> str:
    if line.tests:
        return "<br>".join(f"`{test}`" for test in line.tests)
    return f"{KINDS[line.kind]}: {line.answer}" if line.kind in ("none", "open") else line.answer
