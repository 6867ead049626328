"""Records of consular desks: who sits at which, what was laid there, and what a mission answered.

A dossier lies on a desk once it was disclosed to it, while it stands; whether the gate is open is asked in
`casework.consular`. Reads of a desk take no reference of a person: there is none to search by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import Log
from amana.apps.audit.sealing import sealed_for
from amana.apps.consents.codes import DESK, ENQUIRY
from amana.apps.consents.models import ConsularAnswer, ConsularPost, Disclosure, Dossier
from amana.apps.consents.queries import require_file

SIT, NAME, CONFIRM, JUDGE = "dossiers.see", "missions.name", "missions.confirm", "dossiers.judge"


@dataclass(frozen=True)
class Laid:
    """A dossier on a desk: of whom (empty: of nobody), for which step, since when."""

    dossier: UUID
    person: str
    step: str
    since: date | None = None
    answered: bool = False


@dataclass(frozen=True)
class PostView:
    """Who sits, or is to sit, at the desk of which country. `mine`: the viewer said so."""

    id: UUID
    account: UUID
    name: str
    nation: str
    asked_on: date
    confirmed_on: date | None
    ended_on: date | None
    mine: bool


@dataclass(frozen=True)
class AnswerView:
    """What a mission answered, and what an official made of it (empty: nobody yet)."""

    id: UUID
    nation: str
    kind: str
    words: str
    on: date
    judgement: str
    reason: str
    claim: int | None


def nation_of(account: UUID) -> str:
    """The country at whose desk an account sits; empty where nobody has confirmed any."""
    rows = ConsularPost.objects.filter(account=account, ended_on=None, confirmed_on__isnull=False)
    return str(rows.values_list("nation", flat=True).first() or "")


def find(dossier: UUID, nation: str) -> Laid:
    """The dossier if it lies on the desk of this country, else nobody's, by the same one query."""
    found = _laid(nation).filter(pk=dossier).values_list("person_id", "step").first()
    person, step = found or ("", ENQUIRY)
    return Laid(dossier, person, step)


def on_desk(nation: str) -> tuple[Laid, ...]:
    """Every dossier that lies on the desk of this country, the last released first."""
    answered = ConsularAnswer.objects.filter(dossier=OuterRef("pk"))
    rows = _laid(nation).annotate(answered=Exists(answered)).order_by("-released_on", "id")
    return tuple(Laid(*row) for row in rows.values_list("id", "person_id", "step", "released_on", "answered"))


def _laid(nation: str) -> QuerySet[Dossier]:
    told = Disclosure.objects.filter(dossier=OuterRef("pk"), channel=DESK, nation=nation)
    rows: QuerySet[Dossier] = Dossier.objects.filter(
        Exists(told), nation=nation, ended_on=None, released_on__isnull=False
    )
    return rows


def answered_before(token: str, by: Viewer) -> bool:
    """Whether this reader sent this form already."""
    return bool(token) and ConsularAnswer.objects.filter(by=by.audit_id, token=token).exists()


def store_answer(laid: Laid, nation: str, said: Mapping[str, str], *, on: date, log: Log, token: str) -> str:
    """Keep what a mission answered. Its id."""
    row = ConsularAnswer.objects.create(
        person_id=laid.person, dossier_id=laid.dossier, nation=nation, said=dict(said), on=on,
        by=log.by.audit_id, at=log.at, token=token or None,
    )  # fmt: skip
    log.entry("consular.answered", laid.person, {"answer": str(row.id), "nation": nation})
    return str(row.id)


def answers(viewer: Viewer, ref: str) -> tuple[AnswerView, ...]:
    """What missions answered about a person, the newest first. Raises `NotForYou`."""
    require_file(viewer, ref)
    viewer.saw(ref)
    return tuple(map(_answer, ConsularAnswer.objects.filter(person=ref).order_by("-at", "id")))


def require_answer(viewer: Viewer, ref: str, answer: UUID) -> ConsularAnswer:
    """An answer of this person, for who judges it. Raises `NotForYou`."""
    require_file(viewer, ref, JUDGE)
    row: ConsularAnswer | None = ConsularAnswer.objects.filter(pk=answer, person=ref).first()
    if row is None:
        raise NotForYou(viewer.role, JUDGE)
    return row


def judge(row: ConsularAnswer, judgement: str, reason: str, *, claim: int | None, on: date, log: Log) -> None:
    """Keep what an official made of an answer."""
    told: dict[str, Any] = {"judgement": judgement, "reason": reason}
    ConsularAnswer.objects.filter(pk=row.pk, judged_on=None).update(
        judged=sealed_for(row, "judged", told), judged_on=on, judged_by=log.by.audit_id, judged_at=log.at,
        claim=claim,
    )  # fmt: skip
    log.entry("consular.judged", row.person_id, {"answer": str(row.id)})


def posts(viewer: Viewer) -> tuple[PostView, ...]:
    """Every post, the newest first. Raises `NotForYou`."""
    if not viewer.may(CONFIRM):
        viewer.require(NAME)
    rows = list(ConsularPost.objects.order_by("-asked_at", "id"))
    names = dict(User.objects.filter(pk__in={row.account for row in rows}).values_list("id", "name"))
    return tuple(
        PostView(
            row.id, row.account, names.get(row.account, ""), row.nation, row.asked_on, row.confirmed_on,
            row.ended_on, row.asked_by == viewer.audit_id,
        )
        for row in rows
    )  # fmt: skip


def consuls() -> Mapping[UUID, str]:
    """The accounts in use that may sit at a desk, by id, without asking who looks."""
    rows = User.objects.filter(role="consular_officer", is_active=True).order_by("name", "id")
    return dict(rows.values_list("id", "name"))


def standing_post(account: UUID) -> bool:
    """Whether this account sits, or is to sit, at some desk."""
    return bool(ConsularPost.objects.filter(account=account, ended_on=None).exists())


def post(number: UUID) -> ConsularPost | None:
    """A post that has not ended."""
    row: ConsularPost | None = ConsularPost.objects.filter(pk=number, ended_on=None).first()
    return row


def open_post(account: UUID, nation: str, *, on: date, log: Log) -> str:
    """Keep that an account is to sit at a desk; it sees nothing by this. Its id."""
    row = ConsularPost.objects.create(
        account=account, nation=nation, asked_on=on, asked_by=log.by.audit_id, asked_at=log.at
    )
    log.entry("consular.post_asked", "office", {"post": str(row.id), "nation": nation})
    return str(row.id)


def confirm_post(row: ConsularPost, *, on: date, log: Log) -> None:
    """Open the desk to it."""
    told = {"confirmed_on": on, "confirmed_by": log.by.audit_id, "confirmed_at": log.at}
    ConsularPost.objects.filter(pk=row.pk).update(**told)
    log.entry("consular.post_confirmed", "office", {"post": str(row.id), "nation": row.nation})


def end_post(row: ConsularPost, *, on: date, log: Log) -> None:
    """Shut the desk to it at once."""
    told = {"ended_on": on, "ended_by": log.by.audit_id, "ended_at": log.at}
    ConsularPost.objects.filter(pk=row.pk).update(**told)
    log.entry("consular.post_ended", "office", {"post": str(row.id), "nation": row.nation})


def _answer(row: ConsularAnswer) -> AnswerView:
    judged = row.judged or {}
    return AnswerView(
        row.id, row.nation, row.said["kind"], row.said.get("words", ""), row.on,
        judged.get("judgement", ""), judged.get("reason", ""), row.claim,
    )  # fmt: skip
