"""What the safeguards find of one person in short, to stand beside what the protocol says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from amana.apps.oversight.answers import FindingLine
from amana.core.policy import Pack
from amana.web.oversight.findings import due_of, verdict_mark
from amana.web.oversight.words import ORDER, heavier_first
from amana.web.people.marks import Mark
from amana.wording.languages import pick
from amana.wording.terms import weight_in_words


@dataclass(frozen=True)
class Standing:
    """One finding in a line: `anchor` on the Safeguards tab; `basis` the citations' ids."""

    id: str
    anchor: str
    title: str
    weight: str
    basis: tuple[str, ...]
    mark: Mark
    waived: bool


def standing(found: Sequence[FindingLine], pack: Pack, on: date) -> tuple[Standing, ...]:
    """The findings of safeguards that the pack knows, the worst first, then by weight."""
    known = [line for line in found if line.safeguard in pack.safeguards]
    return tuple(
        _standing(line, pack, on)
        for line in sorted(
            known,
            key=lambda line: (
                ORDER.index(line.verdict),
                heavier_first(pack.safeguards[line.safeguard].weight),
                line.safeguard,
            ),
        )
    )


def anchor(safeguard: str, key: str) -> str:
    """Where a finding stands on the Safeguards tab."""
    return f"{safeguard}-{key}".replace(":", "-")


def _standing(line: FindingLine, pack: Pack, on: date) -> Standing:
    known, mark = pack.safeguards[line.safeguard], verdict_mark(line.verdict)
    return Standing(
        id=line.safeguard,
        anchor=anchor(line.safeguard, line.key),
        title=pick(known.title),
        weight=weight_in_words(known.weight),
        basis=tuple(source.id for source in known.basis),
        mark=Mark(mark.kind, due_of(line, on) or mark.words, mark.icon),
        waived=line.waiver is not None,
    )
