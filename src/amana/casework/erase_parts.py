"""What each part of an erasure takes, and what stands against it: the trail's words, rows as sent, and what
the register itself says.

The register is asked about the law, and about whole families. So nothing of it goes while the person, or
one of her parents, children, brothers or sisters, stays anywhere, or while anything keeps the records of one
of them: no child loses her mother, her age or her standing breach by an erasure. What is left is the
reference, which names nobody any more, and what officials did. She counts for nothing from then on; figures
that were kept before are not written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from amana.apps.attachments import commands as papers
from amana.apps.audit import queries as audit
from amana.apps.audit.commands import erase_words
from amana.apps.audit.recording import Log
from amana.apps.decisions.erasing import decisions_of, erase_decisions
from amana.apps.oversight.turns import take_turn
from amana.apps.placements.erasing import erase_stays, staying, stays_of
from amana.apps.registry import erasing as register
from amana.apps.registry.originals import erase_originals, originals_of
from amana.apps.retention import codes
from amana.apps.retention.queries import NOTHING_HELD, Narrow, narrow_holds
from amana.casework.decide import decide_people
from amana.casework.holding import free_of_all
from amana.casework.sweep import sweep_people
from amana.casework.tasks import raise_tasks

EVIDENCE: Final = (
    "move.", "waiver.", "determination.", "judicial.", "question.", "allegation.", "disclosure.", "consent.",
    "retention.", "erasure.",
    "representative.", "record_request.", "consular.",
)  # fmt: skip
"""How the kinds of entries begin whose payloads tell what officials did."""

NEVER_TRUE: Final = "unlawful"
"""The ground on which a parent link goes although something is still said of the other."""


@dataclass(frozen=True)
class Asked:
    """Whose part is erased, on which ground, on which day, and what narrower holds keep of it."""

    ref: str
    ground: str
    on: date
    held: Narrow


def _words(asked: Asked, log: Log) -> Mapping[str, int]:
    lasting = [kind for kind in audit.kinds_with_words(asked.ref) if kind.startswith(EVIDENCE)]
    gone = erase_words(of=[asked.ref], told_of=asked.ref, reason=asked.ground, log=log, lasting=lasting)
    return {codes.WORDS: gone}


def _originals(asked: Asked, log: Log) -> Mapping[str, int]:
    return {codes.ORIGINALS: erase_originals(asked.ref, log)}


def _claims(asked: Asked, log: Log) -> Mapping[str, int]:
    decided = erase_decisions(asked.ref, log)
    return {
        codes.CLAIMS: register.erase_statements(asked.ref, on=asked.on, log=log),
        codes.DECISIONS: decided,
    }


def _family(asked: Asked, log: Log) -> Mapping[str, int]:
    return {codes.FAMILY: register.erase_kin(asked.ref, links=asked.ground == NEVER_TRUE, log=log)}


def _stays(asked: Asked, log: Log) -> Mapping[str, int]:
    return {codes.STAYS: erase_stays(asked.ref, log)}


def _papers(asked: Asked, log: Log) -> Mapping[str, int]:
    held = asked.held
    return {codes.PAPERS: papers.erase(asked.ref, held=held.papers, classes=held.classes, log=log)}


_ERASE: Final[Mapping[str, Callable[[Asked, Log], Mapping[str, int]]]] = MappingProxyType(
    {
        codes.WORDS: _words,
        codes.ORIGINALS: _originals,
        codes.CLAIMS: _claims,
        codes.FAMILY: _family,
        codes.STAYS: _stays,
        codes.PAPERS: _papers,
    }
)


def evidence_of(ref: str) -> int:
    """How many payloads about a person stay as evidence."""
    kinds = audit.kinds_with_words(ref)
    return sum(count for kind, count in kinds.items() if kind.startswith(EVIDENCE))


def counts_of(ref: str, on: date, ground: str = "") -> Mapping[str, int]:
    """Part, and decisions, -> how much of it would go."""
    held = narrow_holds([ref], on).get(ref, NOTHING_HELD)
    return {
        codes.WORDS: sum(audit.kinds_with_words(ref).values()) - evidence_of(ref),
        codes.ORIGINALS: originals_of(ref),
        codes.CLAIMS: register.statements_of(ref),
        codes.DECISIONS: decisions_of(ref),
        codes.FAMILY: register.kin_told(ref, links=ground == NEVER_TRUE),
        codes.STAYS: stays_of(ref),
        codes.PAPERS: len(papers.erasable(ref, held=held.papers, classes=held.classes)),
    }


def register_free(refs: Collection[str], on: date) -> frozenset[str]:
    """Those of these people who, like all their parents, children, brothers and sisters, stay nowhere any
    more and whose records nothing keeps.
    """
    kin = register.kin_of(refs)
    everybody = set(refs).union(*kin.values())
    free = free_of_all(everybody - staying(everybody, on), on)
    whole = free - narrow_holds(free, on).keys()
    return frozenset(ref for ref in refs if ref in free and kin[ref] <= whole)


def keeps(held: Narrow | None, parts: Sequence[str]) -> bool:
    """Whether holds on a class keep one of these parts. Papers are kept one by one, by theirs."""
    classes = held.classes if held else frozenset()
    return any(classes.intersection(codes.PARTS[part]) for part in parts if part != codes.PAPERS)


def erase(ref: str, parts: Sequence[str], ground: str, *, on: date, log: Log) -> Mapping[str, int]:
    """Take these parts away, and have whomever it concerns decided and looked at anew; what went. Inside
    `recording`, by a command that has asked whether it may.
    """
    asked = Asked(ref, ground, on, narrow_holds([ref], on).get(ref, NOTHING_HELD))
    kin = register.kin_of([ref])[ref]
    counts: dict[str, int] = {}
    for part in parts:
        counts.update(_ERASE[part](asked, log))
    if set(parts) & set(codes.REGISTER):
        _follow(ref, sorted(kin), on, log)
    return counts


def _follow(ref: str, kin: Sequence[str], on: date, log: Log) -> None:
    """Decide whoever is still spoken of, and let end what was found of somebody who is not."""
    concerned = [ref, *kin]
    take_turn(concerned)
    silent = register.erased_among(concerned)
    decide_people([each for each in concerned if each not in silent], on=on, log=log)
    sweep_people(concerned, on=on, log=log)
    raise_tasks(concerned, on=on, log=log)
