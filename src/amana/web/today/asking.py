"""Answers that are open, grouped by the facts that would settle them: what to ask, for how many people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions import queries
from amana.apps.registry.reach import ANSWERS
from amana.core.policy import Pack
from amana.wording.languages import pick
from amana.wording.verdicts import needs_in_words


@dataclass(frozen=True)
class Group:
    """People for whom the same facts are open. `questions`: (what to ask, how it is evidenced)."""

    needs: str
    people: int
    address: str
    questions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asking:
    """Every group, the largest first, and how many people are in all of them."""

    groups: tuple[Group, ...]
    people: int


def open_questions(viewer: Viewer, pack: Pack) -> Asking | None:
    """Return the groups; None for who may not read what answers rest on. Only counts are shown, so nobody
    enters the read log.
    """
    if not all(map(viewer.reads, ANSWERS)):
        return None
    unlogged = replace(viewer, trail=[])
    counts = queries.undetermined(unlogged, limit=1).counts
    return Asking(
        tuple(_group(needs, people, pack) for needs, people in counts.items()), sum(counts.values())
    )


def _group(needs: tuple[str, ...], people: int, pack: Pack) -> Group:
    query = urlencode({"outcome": "undetermined", "needs": ";".join(needs)})
    facts = [pack.facts[name] for need in needs if (name := _fact_behind(need, pack))]
    questions = tuple((pick(fact.question), pick(fact.evidence_how)) for fact in facts)
    return Group(needs_in_words(needs, pack), people, f"{reverse('people:person-list')}?{query}", questions)


def _fact_behind(need: str, pack: Pack) -> str:
    """The fact to ask for: for an age the date behind it; a day of law is no question to a person."""
    if need in pack.facts:
        return need
    dates = [fact.name for fact in pack.facts.values() if fact.type == "date" and fact.kind == "person"]
    return dates[0] if need == "age" and dates else ""
