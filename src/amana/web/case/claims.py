"""The claims on a person in words, by what they speak of, with every judgement on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions.queries import facts
from amana.apps.registry import queries
from amana.apps.registry.queries import ClaimView
from amana.core.policy import Pack
from amana.web.case.forms import JudgementForm, attribute_words
from amana.web.case.head import standing_mark
from amana.web.people.marks import Mark
from amana.wording.ages import birth_in_words
from amana.wording.conditions import value_in_words
from amana.wording.languages import one_of
from amana.wording.sources import source_kinds
from amana.wording.terms import standing_in_words


@dataclass(frozen=True)
class ReviewLine:
    """One judgement: when, from which standing to which, and why."""

    at: datetime
    before: str
    after: str
    disputed: bool
    reason: str


@dataclass(frozen=True)
class ClaimLine:
    """One claim: the words of the source, how they are read, who said it when, and how it stands."""

    id: int
    stated: str
    value: str
    source: str
    note: str
    batch: str
    on: str
    standing: Mark
    disputed: bool
    refuted: bool
    reviews: tuple[ReviewLine, ...]
    form: JudgementForm


@dataclass(frozen=True)
class ClaimGroup:
    """All claims on one attribute; `disputed`: what they establish together is contradicted. `hidden`: they
    are not shown to the reader's role, if there are any.
    """

    words: str
    disputed: bool
    claims: tuple[ClaimLine, ...]
    hidden: bool = False


def claim_groups(
    viewer: Viewer, ref: str, version: int, pack: Pack, forms: Mapping[int, JudgementForm] | None = None
) -> tuple[ClaimGroup, ...]:
    """The claims of one person; `forms` are judgements that came back with errors, by claim."""
    words = {**attribute_words(), "name": _("name"), "pregnant": _("pregnant")}
    grouped: dict[str, list[ClaimLine]] = {}
    for claim in queries.claims(viewer, ref):
        form = (forms or {}).get(claim.id) or JudgementForm(
            initial={"version": version}, auto_id=f"id_{claim.id}_%s"
        )
        grouped.setdefault(claim.attribute, []).append(_line(claim, pack, form))
    order = [*(name for name in words if name in grouped), *(name for name in grouped if name not in words)]
    established = facts(viewer, [ref]).get(ref)
    evidence = established.evidence if established else {}
    shown = tuple(
        ClaimGroup(words.get(name, name), bool(evidence.get(name, {}).get("disputed")), tuple(grouped[name]))
        for name in order
    )
    unread = queries.unread(viewer, ref)
    return (*shown, *(ClaimGroup(words[name], False, (), hidden=True) for name in words if name in unread))


def _line(claim: ClaimView, pack: Pack, form: JudgementForm) -> ClaimLine:
    kinds = source_kinds()
    return ClaimLine(
        id=claim.id,
        stated=claim.stated,
        value=value_of(claim, pack),
        source=kinds.get(claim.source, claim.source),
        note=claim.sender or claim.note,
        batch=claim.batch or "",
        on=claim.on.isoformat(),
        standing=standing_mark(claim.standing),
        disputed=claim.disputed,
        refuted=claim.standing == "refuted",
        reviews=tuple(
            ReviewLine(
                each.at,
                standing_in_words(each.standing_before),
                standing_in_words(each.standing_after),
                each.disputed_after,
                each.reason,
            )
            for each in claim.reviews
        ),
        form=form,
    )


def value_of(claim: ClaimView, pack: Pack) -> str:
    """How a claim is read, in words and the reader's language; empty where only its own words are kept."""
    if claim.span is not None:
        return birth_in_words(claim.span)
    if claim.codes:
        return one_of(value_in_words(code, pack.facts.get(claim.attribute)) for code in sorted(claim.codes))
    if claim.flag is not None:
        return _("yes") if claim.flag else _("no")
    return claim.text
