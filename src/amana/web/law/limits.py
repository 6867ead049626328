"""Where a pack ends: the gaps that no rule fills, and what stands against its rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from amana.core.policy import Conflict, Pack, SourceRef
from amana.web.law.citations import Source, cite
from amana.wording.conditions import rule_condition_in_words
from amana.wording.languages import pick


@dataclass(frozen=True)
class GapLine:
    """Where no rule speaks."""

    id: str
    title: str
    route: str
    condition: str
    accepted_by: str


@dataclass(frozen=True)
class ConflictLine:
    """What a rule says, and what stands against it; each text once, with its articles."""

    id: str
    reported: str
    conflict: str
    rules: tuple[str, ...]
    sources: tuple[tuple[Source, tuple[str, ...]], ...]


def gap_lines(pack: Pack) -> tuple[GapLine, ...]:
    """Return the known gaps."""
    return tuple(
        GapLine(
            gap.id,
            pick(gap.title),
            pick(gap.route),
            rule_condition_in_words(gap.condition, pack.facts),
            gap.accepted_by or "",
        )
        for gap in pack.gaps
    )


def conflict_lines(pack: Pack) -> tuple[ConflictLine, ...]:
    """Return the conflicts shown with this pack, in words."""
    return tuple(
        ConflictLine(
            id=each.id,
            reported=pick(each.reported),
            conflict=pick(each.conflict),
            rules=tuple(rule for rule in each.rules if rule in pack.rules),
            sources=_by_text(each.sources),
        )
        for each in conflicts_shown(pack)
    )


def conflicts_shown(pack: Pack) -> tuple[Conflict, ...]:
    """Return the conflicts that touch a rule or an outcome of this pack; of a pack without rules, all."""
    return tuple(each for each in pack.conflicts if not pack.rules or set(each.rules) & set(pack.rules))


def _by_text(sources: Sequence[SourceRef]) -> tuple[tuple[Source, tuple[str, ...]], ...]:
    texts: dict[str, list[SourceRef]] = defaultdict(list)
    for source in sources:
        texts[source.id.partition("/")[0]].append(source)
    return tuple((cite(same[0]), tuple(each.article for each in same)) for same in texts.values())
