"""The placement of iraq_2018 as of one day in the terms of OpenFisca, polars, zen-engine and cel-python.

None of them has an unknown fact, a law that may or may not be in force, citations or an explanation: they
get people of whom everything is known and a day on which the law is certain. Each class reads a Parquet file
once (not timed), gives every person's outcome as a text, and counts them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from beside.people import NATIONS, SEXES

ON = date(2017, 6, 30)
OUTCOMES = ("no_lawful_placement", "with_mother", "state_home", "reported_detention_possible", "not_a_child")
Counts = Mapping[str, int]


class Polars:
    """One lazy expression over columns in memory, written in years as the policy is."""

    name = f"polars {version('polars')}"
    unknown = "NULL in the comparison falls through to the last branch: no_lawful_placement, as if decided"

    def __init__(self, path: Path) -> None:
        self.people = pl.read_parquet(path).with_columns(
            pl.col("nationality").cast(pl.Enum(NATIONS)), pl.col("sex").cast(pl.Enum(SEXES))
        )

    def _outcome(self) -> pl.Expr:
        born = pl.col("birth_earliest").dt
        day = born.year() * 10000 + born.month().cast(pl.Int32) * 100 + born.day().cast(pl.Int32)
        age = (ON.year * 10000 + ON.month * 100 + ON.day - day) // 10000
        listed = pl.col("nationality").is_in(NATIONS[:2])
        return (
            pl.when((age <= 3) & pl.col("mother_present")).then(1)
            .when(age.is_between(4, 14) & listed).then(2)
            .when(age.is_between(15, 17) & (pl.col("sex") == "male")).then(3)
            .when(age >= 18).then(4)
            .otherwise(0).cast(pl.UInt8)
        )  # fmt: skip

    def outcomes(self) -> list[str]:
        """Everyone's outcome."""
        return [OUTCOMES[place] for place in self.people.select(self._outcome()).to_series()]

    def count(self) -> Counts:
        """How many have each."""
        grouped = self.people.lazy().select(self._outcome().alias("o")).group_by("o").len().collect()
        return {OUTCOMES[place]: count for place, count in grouped.rows()}

    def one(self) -> None:
        """One person."""
        self.people.head(1).select(self._outcome())


class PolarsFolded(Polars):
    """The ages folded by hand into the days of birth that they mean as of that one day."""

    name = f"{Polars.name}, ages folded into days by hand"

    def _outcome(self) -> pl.Expr:
        born = pl.col("birth_earliest")

        def under(age: int) -> pl.Expr:
            return born > date(ON.year - age, ON.month, ON.day)

        listed = pl.col("nationality").is_in(NATIONS[:2])
        return (
            pl.when(under(4) & pl.col("mother_present")).then(1)
            .when(~under(4) & under(15) & listed).then(2)
            .when(~under(15) & under(18) & (pl.col("sex") == "male")).then(3)
            .when(~under(18)).then(4)
            .otherwise(0).cast(pl.UInt8)
        )  # fmt: skip


class OpenFisca:
    """Vectors of numpy, with nationality as a number, which suits it best."""

    name = f"OpenFisca-Core {version('openfisca-core')}"
    unknown = "a missing input becomes the variable's default (male: no, born 1970-01-01), as if known"

    def __init__(self, path: Path) -> None:
        import duckdb

        nations = ", ".join(f"'{nation}'" for nation in NATIONS)
        with duckdb.connect() as database:
            found = database.execute(
                "SELECT birth_earliest AS birth, sex = 'male' AS male, mother_present, "
                f"list_position([{nations}], nationality) - 1 AS nationality FROM '{path}' ORDER BY ref"
            ).fetchnumpy()
        self.inputs = {
            "birth": np.asarray(found["birth"]).astype("datetime64[D]"),
            "male": np.asarray(found["male"]).astype(bool),
            "mother_present": np.asarray(found["mother_present"]).astype(bool),
            "nationality": np.asarray(found["nationality"]).astype(np.int32),
        }
        self.system = _tax_benefit_system()

    def _calculate(self, people: int) -> Any:
        from openfisca_core.simulations import SimulationBuilder

        simulation = SimulationBuilder().build_default_simulation(self.system, people)
        for name, values in self.inputs.items():
            simulation.set_input(name, "ETERNITY", values[:people])
        return simulation.calculate("placement", ON.isoformat())

    def outcomes(self) -> list[str]:
        """Everyone's outcome."""
        return [OUTCOMES[place] for place in self._calculate(len(self.inputs["birth"]))]

    def count(self) -> Counts:
        """How many have each."""
        found = np.bincount(self._calculate(len(self.inputs["birth"])), minlength=len(OUTCOMES))
        return {outcome: int(count) for outcome, count in zip(OUTCOMES, found, strict=True) if count}

    def one(self) -> None:
        """One person."""
        self._calculate(1)


def _tax_benefit_system() -> Any:
    from openfisca_core import entities, periods, taxbenefitsystems, variables

    person = entities.build_entity(key="person", plural="persons", label="A person", is_person=True)
    ever, day = periods.DateUnit.ETERNITY, periods.DateUnit.DAY

    def variable(name: str, kind: type, formula: Any = None) -> type:
        body = {
            "value_type": kind,
            "entity": person,
            "definition_period": day if formula else ever,
            "label": name,
        }
        return type(name, (variables.Variable,), {**body, "formula": formula} if formula else body)

    def age(people: Any, period: Any) -> Any:
        born = people("birth", period)
        months = born.astype("datetime64[M]")
        year = born.astype("datetime64[Y]").astype(int) + 1970
        later = (months.astype(int) % 12 + 1) * 100 + (born - months).astype(int) + 1
        return period.start.year - year - (later > period.start.month * 100 + period.start.day)

    def placement(people: Any, period: Any) -> Any:
        years = people("age", period)
        infant = (years <= 3) & people("mother_present", period)
        home = (years >= 4) & (years <= 14) & (people("nationality", period) < 2)
        adolescent = (years >= 15) & (years <= 17) & people("male", period)
        return np.select([infant, home, adolescent, years >= 18], [1, 2, 3, 4], 0)

    system = taxbenefitsystems.TaxBenefitSystem([person])
    given = (("birth", date), ("male", bool), ("mother_present", bool), ("nationality", int))
    for made in (
        *(variable(*each) for each in given),
        variable("age", int, age),
        variable("placement", int, placement),
    ):
        system.add_variable(made)
    return system


class RowByRow:
    """An engine that takes one person at a time; the age is worked out for it, and not timed."""

    def __init__(self, path: Path) -> None:
        people = pl.read_parquet(path).rows(named=True)
        self.people = [self.given(row) for row in people]

    def given(self, row: Mapping[str, Any]) -> Any:
        """One person in the engine's own form."""
        born = row["birth_earliest"]
        age = ON.year - born.year - ((born.month, born.day) > (ON.month, ON.day))
        return {"age": age, **{name: row[name] for name in ("sex", "nationality", "mother_present")}}

    def decide(self, given: Any) -> str:
        """One outcome."""
        raise TypeError("each engine decides in its own way")

    def outcomes(self) -> list[str]:
        """Everyone's outcome."""
        return [self.decide(given) for given in self.people]

    def count(self) -> Counts:
        """How many have each."""
        return Counter(map(self.decide, self.people))

    def one(self) -> None:
        """One person."""
        self.decide(self.people[0])


class Zen(RowByRow):
    """A decision table in zen-engine, first hit."""

    name = f"zen-engine {version('zen-engine')}"
    unknown = "an empty input matches the last row of the table: no_lawful_placement, as if decided"

    def __init__(self, path: Path) -> None:
        import zen

        self.decision = zen.ZenEngine().create_decision(json.dumps(_zen_model()))
        super().__init__(path)

    def decide(self, given: Any) -> str:
        """One outcome."""
        return str(self.decision.evaluate(given)["result"]["outcome"])


def _zen_model() -> dict[str, Any]:
    names = {"a": "age", "m": "mother_present", "s": "sex", "n": "nationality"}
    listed = ", ".join(f"'{nation}'" for nation in NATIONS[:2])
    rules: Sequence[dict[str, str]] = (
        {"a": "<= 3", "m": "true", "o": OUTCOMES[1]},
        {"a": "[4..14]", "n": listed, "o": OUTCOMES[2]},
        {"a": "[15..17]", "s": "'male'", "o": OUTCOMES[3]},
        {"a": ">= 18", "o": OUTCOMES[4]},
        {"o": OUTCOMES[0]},
    )
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": key, "name": name, "field": name} for key, name in names.items()],
        "outputs": [{"id": "o", "name": "outcome", "field": "outcome"}],
        "rules": [{"_id": str(place), **rule, "o": f"'{rule['o']}'"} for place, rule in enumerate(rules)],
    }
    where = {"position": {"x": 0, "y": 0}}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", **where},
        {"id": "table", "type": "decisionTableNode", "name": "placement", "content": table, **where},
        {"id": "out", "type": "outputNode", "name": "out", **where},
    ]
    ends = (("in", "table"), ("table", "out"))
    edges = [{"id": a + b, "sourceId": a, "targetId": b, "type": "edge"} for a, b in ends]
    return {"nodes": nodes, "edges": edges}


class Cel(RowByRow):
    """One conditional expression in cel-python, compiled once."""

    name = f"cel-python {version('cel-python')}"
    unknown = "a missing fact that is read raises an error: no answer"

    def __init__(self, path: Path) -> None:
        import celpy

        self.types = celpy.celtypes
        none, mother, home, adolescent, adult = (f"'{outcome}'" for outcome in OUTCOMES)
        listed = ", ".join(f"'{nation}'" for nation in NATIONS[:2])
        expression = (
            f"age <= 3 && mother_present ? {mother} : "
            f"age >= 4 && age <= 14 && nationality in [{listed}] ? {home} : "
            f"age >= 15 && age <= 17 && sex == 'male' ? {adolescent} : age >= 18 ? {adult} : {none}"
        )
        environment = celpy.Environment()
        self.program = environment.program(environment.compile(expression))
        super().__init__(path)

    def given(self, row: Mapping[str, Any]) -> Any:
        """One person in the engine's own form."""
        plain = super().given(row)
        text, types = self.types.StringType, self.types
        known = {"sex": text(plain["sex"]), "nationality": text(plain["nationality"])}
        mother = types.BoolType(plain["mother_present"])
        return {"age": types.IntType(plain["age"]), "mother_present": mother, **known}

    def decide(self, given: Any) -> str:
        """One outcome."""
        return str(self.program.evaluate(given))


VECTORS = (Polars, PolarsFolded, OpenFisca)
ROWS = (Zen, Cel)
