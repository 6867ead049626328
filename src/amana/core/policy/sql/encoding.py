"""From rows of facts to states of knowledge in SQL, and from a state back to its verdict.

A state's key is the class of the row's as-of date and whole numbers `k0, k1, ...` below 2^31: each joins
the numbers of some axes. SQL finds the key of every row (`keyed`, or `keyed_counts` with how many rows
share it), the core judges each key once (`verdict`), whatever the number of cells. A row with a fact that
contradicts itself, or without an as-of date, has no class; `wrong facts` holds a bit for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from amana.core.policy.model import INVALID, FactDef, Pack
from amana.core.policy.sql.codes import CodeTexts
from amana.core.policy.sql.columns import Column, column_names, columns_of
from amana.core.policy.sql.days import CLASS, DAY, AsOf, Days
from amana.core.policy.sql.dialects import DIALECTS
from amana.core.policy.sql.wrong import WrongFacts
from amana.core.policy.views import Verdict

KEY_LIMIT = 1 << 31
ROWS = "rows met"


def fact_columns(pack: Pack, decision: str) -> dict[str, FactDef]:
    """The columns of the table of facts that a query reads, in order, with the fact each belongs to."""
    columns: dict[str, FactDef] = {}
    for name in pack.engines[decision].read:
        fact = pack.facts[name]
        columns.update(dict.fromkeys(column_names(fact), fact))
    return columns


class Encoding:
    """One decision over one table of facts, all rows as of one day, or each row as of its own."""

    def __init__(
        self,
        pack: Pack,
        decision: str,
        dialect: str,
        table: str,
        on: date | Iterable[date],
        *,
        on_column: str = "",
        days_table: str = "",
        contradictions: str = "",
    ) -> None:
        """`on`: the one as-of date, or with `on_column` all days that this column may hold; a row with
        another, or none, is invalid. `days_table`: where `days` stand as a table, if not in the query
        itself. `contradictions`: a text column that lists, separated by `;`, the facts whose value
        contradicts itself. KeyError for an unknown dialect or decision, ValueError for several days
        without a column.
        """
        self.engine = pack.engines[decision]
        self.dialect = DIALECTS[dialect]
        self.table = self.dialect.identifier(table)
        self.on_column = on_column
        self.days_table = self.dialect.identifier(days_table) if days_table else ""
        self.days = Days.of(self.engine, [on] if isinstance(on, date) else on)
        if not on_column and len(self.days.met) != 1:
            raise ValueError("Give one as-of date, or the column that holds each row's own.")
        if on_column:
            as_of = AsOf.column(self.dialect, on_column, self.days)
        else:
            as_of = AsOf.constant(self.dialect, self.days.frames[0])
        self.columns = columns_of(self.engine, self.dialect, as_of)
        self.masks = [[column.masks(frame) for column in self.columns] for frame in self.days.frames]
        before = len(self.columns) - len(self.engine.coupled) - len(self.engine.compared)
        self.coupled = range(before, before + len(self.engine.coupled))
        self.parts = _parts(self.columns)
        self.wrong = WrongFacts(self.engine, self.dialect, self.columns, contradictions, on_column)
        numbers = [f"k{place}" for place in range(len(self.parts))]
        self.key_names = [self.dialect.identifier(CLASS), *numbers]

    def keyed(self, ref: str = "ref") -> str:
        """Common tables ending in `keyed`: ref, the key's columns and `wrong facts`, for every row."""
        quoted = self.dialect.identifier(ref)
        texts = [text for codes in self._texts for text in codes.common(self.table, codes.column)]
        encoded = self._common("encoded", self._encoded(f"{quoted} AS ref, "))
        return ",\n".join(
            [*self._days(), encoded, *texts, self._common("keyed", self._read("ref", "encoded"))]
        )

    def keyed_counts(self) -> str:
        """Common tables ending in `keyed`: the key's columns, `wrong facts` and how many rows share them.
        Rows are counted before any text is read or any table joined but that of the days.
        """
        texts = [text for codes in self._texts for text in codes.common("counted", codes.given)]
        counted = self._common("counted", self._grouped)
        keyed = self._common("keyed", self._read(self.dialect.identifier(ROWS), "counted"))
        return ",\n".join([*self._days(), self._plainly, counted, *texts, keyed])

    def groups(self) -> str:
        """A query of how many rows share what was found without reading texts, for `judged`. Far sooner
        planned than `keyed_counts`.
        """
        return f"WITH {', '.join([*self._days(), self._plainly])} {self._grouped}"

    @property
    def _plainly(self) -> str:
        return self._common("encoded", self._encoded(""))

    @property
    def _grouped(self) -> str:
        numbers = [f"n{place}" for place in self._plain]
        carried = ", ".join(
            [self.key_names[0], *numbers, self.wrong.column, *(text.given for text in self._texts)]
        )
        count = self.dialect.identifier(ROWS)
        return f"SELECT {carried}, COUNT(*) AS {count} FROM encoded GROUP BY {carried}"  # noqa: S608  # quoted names

    def judged(self, group: Sequence[Any]) -> tuple[str, str]:
        """Outcome and needs of a row of `groups` without its count."""
        number, numbers, wrong = group[0], group[1 : len(self._plain) + 1], group[len(self._plain) + 1]
        given = zip(self._texts, group[len(self._plain) + 2 :], strict=True)
        read = {codes.fact: codes.read(text) for codes, text in given}
        told = self.wrong.read(int(wrong), (fact for fact, (_, outside) in read.items() if outside))
        if told:
            return INVALID, told
        found = iter(numbers)
        places = [read[column.texts.fact][0] if column.texts else next(found) for column in self.columns]
        verdict = self._verdict(number, [self.masks[number][at][place] for at, place in enumerate(places)])
        return verdict.outcome, ";".join(verdict.needs)

    def verdict(self, key: Sequence[int]) -> Verdict:
        """The verdict of a key (class and numbers). KeyError for one that no row can have."""
        meant = self.masks[key[0]]
        masks = [0] * len(self.columns)
        for part, number in zip(self.parts, key[1:], strict=True):
            for place, weight in part:
                masks[place] = meant[place][number // weight % self.columns[place].size]
        if not all(masks):
            raise KeyError(key)
        return self._verdict(key[0], masks)

    def _verdict(self, number: int, masks: Sequence[int]) -> Verdict:
        frame = self.days.frames[number]
        exact = all(not masks[place] & (masks[place] - 1) for place in self.coupled)
        return frame.verdict((*masks, *frame.events), exact)

    @property
    def _texts(self) -> list[CodeTexts]:
        return list({column.texts.fact: column.texts for column in self.columns if column.texts}.values())

    def _common(self, name: str, query: str) -> str:
        return f"{name} AS {self.dialect.materialized}({query})"

    def _days(self) -> list[str]:
        """The table of days as a common table, unless it stands by itself or one day is meant."""
        if not self.on_column or self.days_table:
            return []
        rows = [
            ", ".join(self.dialect.day(cell) if isinstance(cell, date) else str(cell) for cell in row)
            for row in self.days.rows()
        ]
        names = [self.dialect.identifier(name) for name in self.days.column_names()]
        return [self.dialect.values("days_met", names, rows)]

    def _encoded(self, before: str) -> str:
        """Every row with the number of each axis, and all else that is found without reading texts."""
        dialect, name = self.dialect, self.dialect.identifier
        source, number = self.table, "0"
        if self.on_column:
            days, number = self.days_table or "days_met", name(CLASS)
            source += f" LEFT JOIN {days} ON {name(DAY)} = {name(self.on_column)}"
        cells = [
            f"{dialect.narrow(number, len(self.days.frames))} AS {name(CLASS)}",
            *(
                f"{dialect.narrow(self.columns[place].number, self.columns[place].size)} AS n{place}"
                for place in self._plain
            ),
            f"{dialect.narrow(self.wrong.told(number), self.wrong.size)} AS {self.wrong.column}",
            *(f"{name(text.fact)} AS {text.given}" for text in self._texts),
        ]
        listed = ",\n  ".join(cells)
        return f"SELECT {before}{listed}\n  FROM {source}"  # noqa: S608  # quoted names

    def _read(self, carried: str, source: str) -> str:
        """The rows of `source` with their keys, and what their texts say. A row with a wrong fact has no
        class.
        """
        keys = []
        for number, part in enumerate(self.parts):
            terms = []
            for place, weight in part:
                texts = self.columns[place].texts
                terms.append(f"{texts.number if texts else f'CAST(n{place} AS INTEGER)'} * {weight}")
            keys.append(f"{' + '.join(terms) or '0'} AS k{number}")
        found = self.wrong.told_by(self._texts)
        valid = f"CASE WHEN {found} = 0 THEN {self.key_names[0]} END AS {self.key_names[0]}"
        cells = [carried, valid, *keys, f"{found} AS {self.wrong.column}"]
        joins = "".join(text.join for text in self._texts)
        return f"SELECT {', '.join(cells)}\n  FROM {source}{joins}"  # noqa: S608  # quoted names

    @property
    def _plain(self) -> list[int]:
        """The places of axes whose number is found row by row."""
        return [place for place, column in enumerate(self.columns) if not column.texts]


def _parts(columns: Sequence[Column]) -> list[list[tuple[int, int]]]:
    """Axes with their weights, in as few whole numbers below the limit as hold them in order."""
    parts: list[list[tuple[int, int]]] = [[]]
    weight = 1
    for place, column in enumerate(columns):
        if weight * column.size > KEY_LIMIT:
            parts.append([])
            weight = 1
        parts[-1].append((place, weight))
        weight *= column.size
    return parts
