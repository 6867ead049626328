"""The History tab: every stored answer of the protocol with the pack it was computed under, and what the
trail says was changed. An answer is computed and is nobody's decision.

The one page that tells instants of the machine's clock, in UTC; every other tells days of the office.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.apps.audit.queries import Looked, TrailEntry
from amana.apps.audit.reading import OPENED
from amana.apps.decisions.queries import DecisionView
from amana.core.policy import Pack
from amana.web.case.differences import Difference
from amana.web.case.superseding import Ground, anew_in_words, ground_in_words, superseded_by
from amana.web.people.marks import Mark, marks


@dataclass(frozen=True)
class StoredLine:
    """A stored decision: as of which day, under which pack, when it was taken, and whether it still
    stands; if not, `why`, and the reference of the `change` of law that was the cause, if one was.
    """

    id: int
    on: str
    marks: tuple[Mark, ...]
    pack: str
    pack_hash: str
    at: str
    superseded: str
    why: str
    change: str


@dataclass(frozen=True)
class EntryLine:
    """One change in the trail; `by` is empty where the viewer may not know who. `erased`: what it said is
    gone; `differences`: what it changed, as far as the viewer reads it.
    """

    at: str
    words: str
    by: str
    erased: bool = False
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class SeenLine:
    """Who saw this on which page: how many times, when first and when last."""

    by: str
    page: str
    count: int
    first: str
    last: str


def stored_lines(
    decided: Sequence[DecisionView], pack: Pack, why: Mapping[int, Ground] = MappingProxyType({})
) -> tuple[StoredLine, ...]:
    """The decisions, in the order given; `why` as from `grounds`."""
    causes = {old: why[new] for old, new in superseded_by(decided).items() if new in why}
    return tuple(
        StoredLine(
            id=each.id,
            on=each.on.isoformat(),
            marks=marks(each, pack),
            pack=each.pack,
            pack_hash=each.pack_hash[:12],
            at=_minute(each.at),
            superseded=_minute(each.superseded_at) if each.superseded_at else "",
            why=ground_in_words(cause) if (cause := causes.get(each.id)) else "",
            change=cause.text.ref if cause and cause.text else "",
        )
        for each in decided
    )


def entry_lines(
    entries: Sequence[TrailEntry],
    names: Mapping[UUID, str],
    anew: Mapping[datetime, Ground],
    changed: Mapping[int, tuple[Difference, ...]] = MappingProxyType({}),
) -> tuple[EntryLine, ...]:
    """The changes; `names` maps an actor's opaque id to a name, `anew` is from `decided_anew`, `changed` from
    `differences`.
    """
    words = _kinds()
    lines = (
        _anew_line(each, ground, names)
        if each.kind == "decision.stored" and (ground := anew.get(each.at))
        else EntryLine(_minute(each.at), words.get(each.kind, each.kind), _name(each.actor, names))
        for each in entries
    )
    return tuple(
        replace(line, erased=each.payload is None, differences=changed.get(place, ()))
        for place, (each, line) in enumerate(zip(entries, lines, strict=True))
    )


def decided_anew(decided: Iterable[DecisionView], why: Mapping[int, Ground]) -> dict[datetime, Ground]:
    """When this person was decided anew under a new text of law, and which."""
    return {each.at: why[each.id] for each in decided if each.id in why and why[each.id].new_law}


def _anew_line(entry: TrailEntry, ground: Ground, names: Mapping[UUID, str]) -> EntryLine:
    """Whoever adopted the text has decided on the law and on no person, and is not named beside one."""
    adopted = ground.text is not None and ground.text.adopted_by == entry.actor
    return EntryLine(_minute(entry.at), anew_in_words(ground), "" if adopted else _name(entry.actor, names))


def seen_lines(seen: Sequence[Looked], names: Mapping[UUID, str]) -> tuple[SeenLine, ...]:
    """Who looked, at which page, and how often."""
    words = _pages()
    return tuple(
        SeenLine(
            _name(each.actor, names),
            _page(each.kind, words),
            each.count,
            _minute(each.first),
            _minute(each.last),
        )
        for each in seen
    )


def _page(kind: str, words: Mapping[str, str]) -> str:
    """The page of a read entry; whether it was shown through an emergency opening."""
    name = kind.removeprefix(OPENED)
    told = words.get(name, name)
    return _("%(page)s, opened in an emergency") % {"page": told} if name != kind else told


def _minute(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")


def _name(actor: UUID, names: Mapping[UUID, str]) -> str:
    return names.get(actor) or str(actor)[:8]


def _pages() -> dict[str, str]:
    return {
        "case:person-show": _("case, overview"),
        "case:identity-show": _("case, identity"),
        "case:family-show": _("case, family"),
        "case:placement-show": _("case, placement"),
        "case:history-show": _("case, history"),
        "case:decision-replay": _("case, an answer run again"),
        "people:person-list": _("people list"),
        "exports:file-take": _("a file of people, taken"),
        "export.take": _("command line: a file of people, taken"),
        "retention:person-show": _("legal holds and erasures"),
        "register:list-check": _("check of a list"),
        "register:batch-show": _("batch"),
        "law:change-show": _("proposed change of law"),
        "today:day-show": _("today"),
        "explain": _("command line: decision explained"),
        "replay": _("command line: decisions run again"),
        "decide": _("command line: everyone decided or compared"),
        "import": _("command line: list brought in"),
        "queue": _("command line: birthdays ahead"),
        "audit.who_saw": _("command line: who saw it"),
        "audit.erase": _("command line: erasure in the trail"),
        "trail:subject-show": _("trail, who saw whom"),
        "trail:erasure-make": _("trail, erasure"),
        "case:safeguards-show": _("case, safeguards"),
        "oversight:safeguard-show": _("findings of a safeguard"),
        "oversight:finding-show": _("a finding"),
        "tasks:task-list": _("tasks"),
        "returns:case-show": _("case, return"),
        "returns:country-tell": _("case, return"),
        "gate": _("gate of a country, command line"),
        "requests:case-list": _("case, requests"),
        "requests:request-take": _("a request about the record"),
        "requests:request-show": _("a request about the record"),
        "requests:record-show": _("the record in plain words"),
        "representatives:case-list": _("case, guardian and counsel"),
        "representatives:representative-ask": _("case, guardian and counsel"),
        "missions:case-answers": _("answers of missions"),
        "missions:answer-judge": _("answers of missions"),
        "wards:ward-list": _("ward or client"),
        "wards:ward-show": _("ward or client"),
        "papers:case-list": _("case, papers"),
        "papers:paper-add": _("a paper, to keep it"),
        "contacts:case-list": _("case, whom to call"),
        "contacts:number-find": _("whose number it is"),
        "papers:paper-show": _("a paper"),
        "papers:paper-fetch": _("a paper, downloaded"),
        "papers:paper-preview": _("a paper, first page"),
        "papers:paper-original": _("the original of a paper"),
        "papers:paper-withdraw": _("a paper, to withdraw it"),
        "papers": _("command line: papers of a case"),
    }


def _kinds() -> dict[str, str]:
    return {
        "person.registered": _("registered"),
        "claim.added": _("claim added"),
        "claim.reviewed": _("claim judged"),
        "decision.stored": pgettext("kind of change", "answer of the protocol stored"),
        "payload.erased": _("payload erased"),
        "retention.held": _("legal hold placed"),
        "retention.freed": _("legal hold ended"),
        "erasure.asked": _("erasure asked for"),
        "erasure.statements": _("statements and names erased"),
        "erasure.kin": _("family links erased"),
        "erasure.stays": _("stays erased"),
        "erasure.decisions": _("decisions on what the law says erased"),
        "erasure.rows": _("rows of a list erased as they were sent"),
        "erasure.done": _("erasure confirmed"),
        "erasure.refused": _("erasure refused"),
        "erasure.withdrawn": _("erasure withdrawn"),
        "stay.began": _("stay began"),
        "stay.ended": _("stay ended"),
        "batch.committed": _("list committed"),
        "batch.undone": _("list taken back"),
        "determination.requested": _("determination put forward"),
        "determination.recorded": _("assessment or reported decision recorded"),
        "determination.approved": _("determination approved"),
        "determination.rejected": _("determination rejected"),
        "determination.withdrawn": _("determination withdrawn"),
        "determination.under_appeal": _("appeal lodged"),
        "determination.upheld": _("determination upheld on appeal"),
        "determination.overturned": _("determination set aside on appeal"),
        "determination.superseded": _("another determination took its place"),
        "judicial.recorded": _("court decision recorded"),
        "move.planned": _("move planned"),
        "move.completed": _("plan completed by what became known"),
        "move.carried_out": _("plan carried out"),
        "move.withdrawn": _("plan withdrawn"),
        "move.stopped": _("move stopped"),
        "move.urgent": _("urgent protective move"),
        "move.reviewed": _("urgent protective move reviewed"),
        "move.urgent_ended": _("urgent protective move ended"),
        "move.told": _("told of an urgent protective move"),
        "stay.ground_told": _("ground of a move recorded"),
        "waiver.made": _("finding waived for a time"),
        "waiver.ended": _("waiver ended"),
        "consent.recorded": _("answer about a country recorded"),
        "consent.ended": _("answer about a country no longer stands"),
        "screening.recorded": _("screening recorded"),
        "protection_claim.recorded": _("claim for protection recorded"),
        "hold.placed": _("file held"),
        "hold.lifted": _("hold lifted"),
        "dossier.prepared": _("dossier prepared"),
        "dossier.released": _("dossier released"),
        "dossier.ended": _("dossier no longer stands"),
        "return_step.planned": _("step towards a country planned"),
        "return_step.stopped": _("step towards a country stopped"),
        "disclosure.made": _("country told"),
        "paper.added": _("paper kept"),
        "contact.added": _("contact added"),
        "contact.ended": _("contact ended"),
        "paper.withdrawn": _("paper withdrawn"),
        "paper.erased": _("paper erased"),
        "paper.original_opened": _("original of a paper opened"),
        "disclosure.stopped": _("a country was not told: its gate was closed"),
        "consular.answered": _("a mission answered"),
        "consular.judged": _("answer of a mission judged"),
        "representative.asked": _("guardian or counsel asked for"),
        "representative.confirmed": _("guardian or counsel confirmed"),
        "representative.refused": _("guardian or counsel not confirmed"),
        "representative.ended": _("guardian or counsel ended"),
        "record_request.taken": _("request about the record taken down"),
        "record_request.answered": _("request about the record answered"),
        "record_request.handed_over": _("answer to a request handed over"),
        "reason.given": _("protection notes read, with a reason"),
        "opening.begun": _("opened in an emergency"),
        "opening.ended": _("emergency opening ended"),
        "opening.reviewed": _("emergency opening reviewed"),
    }


def actors(entries: Iterable[TrailEntry | Looked]) -> set[UUID]:
    """The opaque ids of everybody who changed or saw something."""
    return {each.actor for each in entries}
