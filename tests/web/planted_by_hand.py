"""Canaries that only commands can write: in papers, in the envelopes of allegations, in the trail."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from canaries import Planter, Spot
from whose import Whose

from small_office import AT, TODAY

PAPERS = ("C1", "C4", "C5", "C8")
"""Classes of papers; of health none is kept by whoever plants here."""


def plant_by_hand(planter: Planter, whose: Whose, cast: SimpleNamespace, holds: Any) -> None:
    """A paper of each class with its name, words and content, an allegation, and a claim of which the trail
    repeats what was said.
    """
    from alleged import telling

    from amana.apps.registry import queries as register
    from amana.casework import allegations, amend, papers
    from amana.core.papers import Examined

    def new(column: str, cls: str) -> str:
        return planter.new(Spot(column, cls, whose.person))

    kept = []
    for cls in PAPERS:
        if not any(each.cls == cls for each in papers.targets(holds, whose.person)):
            continue
        content = f"It says {new('attachments.file', cls)} of her."
        original = f"{content} Taken by {new('attachments.original', cls)}."
        number = papers.add(
            whose.person, f"person:{cls}", Examined("text", content.encode(), original.encode(), None, 1, ()),
            words=f"A letter that says {new('attachments.Attachment.words', cls)}.",
            name=f"{new('attachments.Attachment.about', cls)}.txt", others=False, by=holds, at=AT, on=TODAY,
        )  # fmt: skip
        kept.append((cls, number))
    whose.parts["paper"] = dict(kept)["C5"]
    whose.parts["papers"] = [number for _cls, number in kept]
    said, against = (new("allegations.Sealing.content", "C6") for _ in range(2))
    told = telling(words=f"They beat him, {said}, on the stairs.", against=against)
    allegations.take(whose.person, told, by=holds, at=AT)
    birth = next(each.id for each in register.claims(holds, whose.person) if each.attribute == "birth")
    why = f"Her paper says {new('audit.AuditPayload.body', 'C1')}."
    amend.judge_claim(
        person=whose.person, claim=birth, judgement="dispute", reason=why, by=holds, at=AT, on=TODAY
    )
