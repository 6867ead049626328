"""What a policy pack holds once it was read and found without fault. Frozen data; no evaluation here.

Texts in several languages are mappings `{"en": ..., "ar": ...}`. Source references are texts
`instrument/article`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from amana.core.dates import DateSpan, LeapDay
from amana.core.errors import Fault

if TYPE_CHECKING:
    from amana.core.policy.engine import Engine
    from amana.core.policy.loading.layers import Placed
    from amana.core.policy.nodes import Node
    from amana.core.safeguards.evaluation import Watching
    from amana.core.safeguards.model import RecordKind, Safeguard, SafeguardCase

Texts = Mapping[str, str]
FactType = Literal["date", "boolean", "code", "integer"]
FactKind = Literal["person", "record"]
Modality = Literal["may", "must", "must_not"]
ParameterValue = int | str | tuple[str, ...]

UNDETERMINED = "undetermined"
INVALID = "invalid"
DEFAULT_RULE = "default"


@dataclass(frozen=True)
class ParameterChange:
    """Another value of a parameter, in force from `start` until the next change, with its own ground."""

    start: Bound
    value: ParameterValue
    source: str = ""
    reading: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Parameter:
    """A number, code or list of codes that rules name `:id`, with the reading of the text that it stands
    for. `value` is the first; each of `changes`, in the order of their days, ends the one before it.
    """

    id: str
    value: ParameterValue
    label: Texts
    source: str = ""
    reading: Texts = field(default_factory=dict)
    changes: tuple[ParameterChange, ...] = ()

    @property
    def periods(self) -> tuple[tuple[InForce, ParameterValue], ...]:
        """Every value with the period in which it is in force; on every day exactly one is."""
        starts = [None, *(change.start for change in self.changes)]
        values = [self.value, *(change.value for change in self.changes)]
        ends = [*starts[1:], None]
        return tuple(
            (InForce(start, end), value) for start, end, value in zip(starts, ends, values, strict=True)
        )


@dataclass(frozen=True)
class FactDef:
    """A fact that rules may read.

    `values` names the codes allowed (empty: any); `scheme` names an open list of codes instead. `several`:
    more than one code may be true. `past`: the day lies on or before the as-of date (a birth); a later one
    is a contradiction.
    """

    name: str
    type: FactType
    kind: FactKind
    label: Texts
    statement: Texts | None = None
    values: Mapping[str, Texts] = field(default_factory=dict)
    scheme: str = ""
    several: bool = False
    past: bool = False
    cls: str = ""
    purpose: str = ""
    retention: str = ""
    question: Texts = field(default_factory=dict)
    evidence_how: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Instrument:
    """A law, treaty, rule of soft law or reported practice, and what was seen of it."""

    id: str
    title: Texts
    kind: str
    weight: str
    standing: str
    binding_on: tuple[str, ...] = ()
    dated: str = ""
    where_read: str = ""
    articles: Mapping[str, Texts] = field(default_factory=dict)
    note: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class SourceRef:
    """One citation: an instrument and perhaps one of its articles; `text` is what that says, in our own
    words.
    """

    id: str
    title: Texts
    article: str
    standing: str
    weight: str
    binding_on: tuple[str, ...] = ()
    text: Texts = field(default_factory=dict)


def cite(citation: str, sources: Mapping[str, Instrument]) -> SourceRef:
    """The citation `instrument/article` with what is known of it. KeyError if the instrument is unknown."""
    ident, _, article = citation.partition("/")
    instrument = sources[ident]
    return SourceRef(
        id=citation,
        title=instrument.title,
        article=article,
        standing=instrument.standing,
        weight=instrument.weight,
        binding_on=instrument.binding_on,
        text=instrument.articles.get(article, {}),
    )


STRENGTHS = (
    "treaty-binding-here",
    "treaty",
    "national-law",
    "soft-law",
    "binding-on-origin",
    "product-rule",
    "reported-practice",
)
"""Weights of sources, the strongest first."""


def strongest(weights: Iterable[str]) -> str:
    """The strongest of some weights; empty of none."""
    found = set(weights)
    return next((strength for strength in STRENGTHS if strength in found), min(found, default=""))


@dataclass(frozen=True)
class Event:
    """A day on which law changes: some day within `span`. `after` names an event that comes earlier or on
    the same day.
    """

    id: str
    on: str
    span: DateSpan
    standing: str
    title: Texts = field(default_factory=dict)
    source: str = ""
    where_read: str = ""
    note: Texts = field(default_factory=dict)
    after: str = ""


@dataclass(frozen=True)
class Bound:
    """One end of being in force: a shared event, or a certain day. `text` is what to show (EDTF)."""

    text: str
    event: str = ""
    day: date | None = None

    @property
    def named(self) -> str:
        """As an author writes it: `event:reform`, `2018-03-01`."""
        return f"event:{self.event}" if self.event else self.text


@dataclass(frozen=True)
class InForce:
    """In force from `start` (inclusive) until `end` (exclusive); None leaves that end open."""

    start: Bound | None = None
    end: Bound | None = None

    @property
    def text(self) -> str:
        """As words: `from event:reform until 2018-03-01`; empty for the whole period."""
        ends = (("from", self.start), ("until", self.end))
        return " ".join(f"{word} {bound.named}" for word, bound in ends if bound)

    @property
    def ends(self) -> tuple[str, str]:
        """What to show of both ends (EDTF), empty where open."""
        return (self.start.text if self.start else "", self.end.text if self.end else "")

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """The ends that there are."""
        return tuple(bound for bound in (self.start, self.end) if bound)


@dataclass(frozen=True)
class Rule:
    """One provision: where `when` holds while in force, `outcome` may, must or must not follow."""

    id: str
    decision: str
    modality: Modality
    source: str
    outcome: str
    condition: Node
    when: str
    reason: Texts
    in_force: InForce = InForce()
    exception_to: tuple[str, ...] = ()
    title: Texts = field(default_factory=dict)
    file: str = ""


@dataclass(frozen=True)
class Gap:
    """A known gap: cells in which no rule speaks, and who has accepted that (None: nobody yet)."""

    id: str
    decision: str
    condition: Node
    when: str
    title: Texts
    in_force: InForce = InForce()
    accepted_by: str | None = None
    route: Texts = field(default_factory=dict)
    source: str = ""
    file: str = "gaps.yaml"


@dataclass(frozen=True)
class Conflict:
    """Where a rule or an outcome stands against other law. `strength` is the weight of the strongest
    source.
    """

    id: str
    reported: Texts
    conflict: Texts
    rules: tuple[str, ...]
    outcomes: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    strength: str
    watched_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutcomeDef:
    """What may follow. `harsh` needs facts supported or better; `actionable` False is never acted on.
    `place`: the kind of place it asks for, if any.
    """

    id: str
    en: str
    ar: str
    harsh: bool = False
    actionable: bool = True
    description: Texts = field(default_factory=dict)
    place: str = ""

    @property
    def label(self) -> Texts:
        """Its name in each language."""
        return {"en": self.en, "ar": self.ar}


@dataclass(frozen=True)
class Interim:
    """How to treat the person meanwhile, wherever one of `possible_any` is possible but may not be acted
    on.
    """

    id: str
    possible_any: tuple[str, ...]
    handling: Texts
    source: str


@dataclass(frozen=True)
class Decision:
    """A question the pack answers: its outcomes, the default where no rule speaks, and the interim
    handling.
    """

    id: str
    default: str
    outcomes: Mapping[str, OutcomeDef]
    interim: tuple[Interim, ...]
    title: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A worked case: facts as written, the day, and what must follow. `possible` None: not stated."""

    id: str
    file: str
    decision: str
    on: date
    facts: Mapping[str, str]
    outcome: str
    rule: tuple[str, ...]
    needs: tuple[str, ...]
    possible: tuple[str, ...] | None = None
    note: str = ""


@dataclass(frozen=True)
class CounselQuestion:
    """One open question for a lawyer qualified in the country. `about`: ids and citations of the pack;
    `why`: what was found that leaves it open.
    """

    id: str
    text: Texts
    about: tuple[str, ...]
    why: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Pack:
    """A policy pack: facts, dated law and safeguards of one jurisdiction, as data. `hash` is the SHA-256 of
    its content. `findings`: what a draft has yet to mend; none otherwise. `remarks`: rules that answer nobody
    and texts that repeat a number which changes; a pack stands with them. `entries`: kind -> id -> as
    written, inherited ones too. `withdrawn`: `rules/id` -> the pack that it would have come from.
    `note`: what to know before reading it.

    `safeguards`: by id, alive or waiting; `records`: the kinds of record they watch. `watch`: the pack whose
    decisions are the alive ones (None: none is); `watching` finds with it.
    """

    id: str
    title: Texts
    jurisdiction: str
    status: str
    hash: str
    parameters: Mapping[str, Parameter]
    facts: Mapping[str, FactDef]
    sources: Mapping[str, Instrument]
    events: Mapping[str, Event]
    rules: Mapping[str, Rule]
    decisions: Mapping[str, Decision]
    conflicts: tuple[Conflict, ...]
    gaps: tuple[Gap, ...]
    cases: tuple[Case, ...]
    leap_day: LeapDay = "mar-01"
    approximate_years: int = 1
    extends: tuple[str, ...] = ()
    findings: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    questions: tuple[CounselQuestion, ...] = ()
    entries: Mapping[str, Mapping[str, Placed]] = field(default_factory=dict, repr=False, compare=False)
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    note: Texts = field(default_factory=dict)
    engines: Mapping[str, Engine] = field(default_factory=dict, repr=False, compare=False)
    safeguards: Mapping[str, Safeguard] = field(default_factory=dict)
    records: Mapping[str, RecordKind] = field(default_factory=dict)
    safeguard_cases: tuple[SafeguardCase, ...] = ()
    watch: Pack | None = field(default=None, repr=False, compare=False)
    watching: Watching | None = field(default=None, repr=False, compare=False)

    def source(self, citation: str) -> SourceRef:
        """The citation `instrument/article` with what the pack knows of it. Raises KeyError for an unknown
        instrument.
        """
        return cite(citation, self.sources)

    def origin(self, kind: str, ident: str) -> str:
        """The pack that wrote an entry (`rules`, `adult`): this one, or one it extends. KeyError if there is
        none.
        """
        return self.entries[kind][ident].pack

    def exact(self, decision: str) -> bool:
        """Whether every outcome of that decision is exact for every row (see `cells`)."""
        return self.engines[decision].exact
