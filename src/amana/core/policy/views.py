"""What a decision answers: the verdict, and the explanation an official reads. Frozen data, no wording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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

    `kind`: all | any | not | compare | between | in | flag | known. `fact` is what is asked (`age`, `sex`,
    `days_since(arrived)`), `operator` one of = <> < <= > >= between in, `operands` the values with
    parameters filled in, `parameters` their names, `text` the expression as written.
    """

    kind: str
    truth: Truth
    text: str
    children: tuple[ConditionView, ...] = ()
    fact: str = ""
    operator: str = ""
    operands: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule for this person. `holds`: in force and its condition met. `defeated_by`: rules that take its
    effect away.
    """

    id: str
    modality: Modality
    outcome: str
    source: SourceRef
    in_force: Truth
    from_: str
    until: str
    holds: Truth
    condition: ConditionView
    defeated_by: tuple[str, ...]
    reason: Texts


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact the decision reads. `needs_name` is its name in `needs`; `youngest`, `oldest` in completed
    years if it is an age.
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


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything an official needs to judge one decision. `standing`: weakest of the facts that carry it,
    None if not stated.
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
    readings: tuple[Parameter, ...]
    exact: bool
