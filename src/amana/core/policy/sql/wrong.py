"""Which facts of a row contradict themselves, as one whole number.

It has a bit for each fact, in the order of their names in `needs`, and the last bit for a row without an
as-of date, of which nothing else is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amana.core.policy.engine import Engine
from amana.core.policy.sql.codes import CodeTexts
from amana.core.policy.sql.columns import Column
from amana.core.policy.sql.dialects import Dialect

WRONG = "wrong facts"


class WrongFacts:
    """The conditions of one decision. `contradictions` and `on_column`: as in `Encoding`."""

    def __init__(
        self, engine: Engine, dialect: Dialect, columns: Iterable[Column], contradictions: str, on_column: str
    ) -> None:
        self.engine = engine
        self.dialect = dialect
        self.column = dialect.identifier(WRONG)
        found: dict[str, dict[str, None]] = {}
        for column in columns:
            if column.texts:
                found.setdefault(column.texts.fact, {})
            for fact, test in column.wrong.items():
                found.setdefault(fact, {})[test] = None
        if contradictions:
            listed = f"(';' || {dialect.identifier(contradictions)} || ';')"
            for fact in engine.read:
                found.setdefault(fact, {})[dialect.contains(listed, f";{fact};")] = None
        self._tests = {
            engine.name_in_needs(fact): " OR ".join(map("({})".format, tests))
            for fact, tests in found.items()
        }
        names = [*sorted(self._tests), *([on_column] if on_column else [])]
        self._bits = {name: 1 << place for place, name in enumerate(names)}
        self.size = 1 << len(names)
        self._undated = self._bits[on_column] if on_column else 0

    def told(self, day_class: str) -> str:
        """The number for a row of the table of facts, before any text is read."""
        cases = [
            f"CASE WHEN {test} THEN {self._bits[name]} ELSE 0 END"
            for name, test in sorted(self._tests.items())
            if test
        ]
        number = " + ".join(cases) or "0"
        if self._undated:
            return f"CASE WHEN {day_class} IS NULL THEN {self._undated} ELSE {number} END"
        return number

    def told_by(self, texts: Sequence[CodeTexts]) -> str:
        """The number for a row that carries `wrong facts`, joined with what its texts say."""
        more = []
        for text in texts:
            bit = self._bits[self.engine.name_in_needs(text.fact)]
            untold = f"({self.column} & {bit | self._undated}) = 0"
            more.append(f"CASE WHEN {text.outside} AND {untold} THEN {bit} ELSE 0 END")
        return " + ".join([f"CAST({self.column} AS INTEGER)", *more])

    def read(self, number: int, outside: Iterable[str]) -> str:
        """The names that `names` gives for a number so far, and facts whose text is outside its domain."""
        for fact in outside:
            if not number & self._undated:
                number |= self._bits[self.engine.name_in_needs(fact)]
        return ";".join(name for name, bit in self._bits.items() if number & bit)

    def names(self, row: str) -> str:
        """The names of the wrong facts of `row`, separated by `;`."""
        texts = [
            f"CASE WHEN ({row}.{self.column} & {bit}) <> 0 THEN {self.dialect.text(name + ';')} ELSE '' END"
            for name, bit in self._bits.items()
        ]
        return self.dialect.without_last(" || ".join(texts)) if texts else "''"
