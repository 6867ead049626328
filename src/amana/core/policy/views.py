"""What a decision answers: the verdict, and the explanation an official reads. Frozen data, no wording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from amana.core.facts import FactValue, Standing
from amana.core.policy.model import Conflict, Modality, Parameter, SourceRef, Texts
from amana.core.truth import Truth


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `outcome` is an outcome id, `undetermined` or `invalid`; every list is sorted except
    `needs`.

    `possible`: outcomes over all completions (none when invalid). `rules`: all that give the outcome,
    `default` for the default; none when undetermined. `needs`: a smallest set of facts whose every answer
    leaves one outcome, `law:...` for a day on which law changes; the contradicting facts when invalid.
    `exact` False: the answer is sound, but may be wider than it must be.
    """

    outcome: str
    rules: tuple[str, ...]
    possible: tuple[str, ...]
    needs: tuple[str, ...]
    citations: tuple[str, ...]
    exact: bool = True

    @property
    def definite(self) -> bool:
        """Whether one outcome was found."""
        return len(self.possible) == 1


@dataclass(frozen=True, slots=True)
class ConditionView:
    """One node of a condition, with its truth for this person.

    `kind`: all | any | not | compare | between | in | flag | known | during. `fact` is what is asked (`age`,
    `sex`, `days_since(arrived)`), `facts` the names of the facts that answer it, `operator` one of = <> < <=
    > >= between in, `operands` the values with parameters filled in, `parameters` their names, `text` the
    expression as written. `during` asks whether the as-of date lies in a period, whose ends are the operands
    (EDTF, empty where open).
    """

    kind: str
    truth: Truth
    text: str
    children: tuple[ConditionView, ...] = ()
    fact: str = ""
    operator: str = ""
    operands: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether this is one test with values that change, each beside the period in which it counts."""
        return self.kind == "any" and any(part.timed for part in self.children)

    @property
    def timed(self) -> bool:
        """Whether this is a test beside the period in which its value counts."""
        return self.kind == "all" and self.children[0].kind == "during"


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule for this person. `holds`: in force and its condition met; `stands`: not set aside either.
    `defeated_by`: rules that take its effect away, or may.
    """

    id: str
    modality: Modality
    outcome: str
    source: SourceRef
    in_force: Truth
    from_: str
    until: str
    holds: Truth
    stands: Truth
    condition: ConditionView
    defeated_by: tuple[str, ...]
    reason: Texts


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure over dates gives as of the day: from `least` to `most`, None where that end is open.

    `label` as in a condition (`days_since(arrived)`, `age_at(act_date)`); completed years, months or days.
    """

    label: str
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact the decision reads. `needs_name` is its name in `needs`; `youngest`, `oldest` in completed
    years if it is an age; `measured` every other measure that the rules read of it.
    """

    name: str
    needs_name: str
    label: Texts
    statement: Texts | None
    value: FactValue
    standing: Standing | None
    source: str
    stated: str
    disputed: bool
    carries: bool
    youngest: int | None = None
    oldest: int | None = None
    measured: tuple[Measured, ...] = ()


@dataclass(frozen=True, slots=True)
class InterimView:
    """How to treat the person meanwhile, and on what ground."""

    id: str
    handling: Texts
    source: SourceRef
    source_standing: str


@dataclass(frozen=True, slots=True)
class Change:
    """What time alone changes between the days `earliest` and `latest` (None: no last day can be named).

    `cause`: `age:4` (a birthday), `law:amend-1980` (an event), `law:2018-03-01` (a certain day in a rule),
    `days_since(arrived):30` and the like.
    """

    earliest: date
    latest: date | None
    possible_before: tuple[str, ...]
    possible_after: tuple[str, ...]
    cause: str


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask next: `fact` as in `needs`, the question, and how the answer is evidenced."""

    fact: str
    text: Texts
    how: Texts


QuestionKind = Literal["date", "code", "flag", "law", "number"]


@dataclass(frozen=True, slots=True)
class FirstQuestion:
    """The one yes/no question that helps most, and the outcomes that each answer leaves possible.

    `fact` as in `needs`, `name` the pack's fact or event. A date asks whether it lies on or before `cut`, a
    code whether one of `codes` is true, a number whether it is `number` or more, a flag whether it is so, and
    law whether the event had happened by `cut`, the as-of date.
    """

    fact: str
    name: str
    kind: QuestionKind
    if_yes: tuple[str, ...]
    if_no: tuple[str, ...]
    cut: date | None = None
    codes: tuple[str, ...] = ()
    number: int | None = None


Inexact = Literal["", "cells", "dates"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything an official needs to judge one decision. `standing`: weakest of the facts that carry it,
    None if not stated. `inexact` is why the answer may be wider than it must be: too many `cells` to try, or
    two uncertain `dates` compared; empty where it is exact.
    """

    ref: str
    on: date
    decision: str
    verdict: Verdict
    rules: tuple[RuleView, ...]
    facts: tuple[FactView, ...]
    interim: tuple[InterimView, ...]
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    standing: Standing | None
    actionable: bool
    questions: tuple[Question, ...]
    first_question: FirstQuestion | None
    readings: tuple[Parameter, ...]
    inexact: Inexact

    @property
    def exact(self) -> bool:
        """Whether the possible outcomes are exactly those that some completion of the facts gives."""
        return not self.inexact
