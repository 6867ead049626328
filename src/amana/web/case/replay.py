"""A stored decision run again: under the text and the facts of its day, and under the text applied now.

The first must say the same; a difference under the second is what a later text makes of that day, and
changes nothing that was decided.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amana.apps.decisions.office_pack import office_pack
from amana.casework.replay import Replay, replay
from amana.core.policy import Pack, Verdict
from amana.web.access import access
from amana.web.case.head import open_case
from amana.web.case.history import StoredLine, stored_lines
from amana.web.case.references import at_person
from amana.web.clock import office_of, today_of
from amana.web.people.marks import Mark, marks
from amana.web.requests import OfficeRequest
from amana.wording.facts import known_in_words
from amana.wording.languages import pick
from amana.wording.verdicts import verdict_in_words


@dataclass(frozen=True)
class Run:
    """One run of the decision: under which text, what it says, and how that stands to what was stored."""

    pack: str
    pack_hash: str
    version: str
    mark: Mark
    marks: tuple[Mark, ...]
    sentence: str


@dataclass(frozen=True)
class ReplayPage:
    """The stored decision, the facts it read, and both runs."""

    stored: StoredLine
    facts: tuple[tuple[str, str], ...]
    then: Run
    now: Run
    one_text: bool


@access("people.see")
@require_safe
@at_person
def decision_replay(request: OfficeRequest, ref: str, decision: int) -> HttpResponse:
    """One stored decision beside what its own text and the present one say to the facts of its day."""
    viewer = request.viewer
    case = open_case(viewer, ref, today_of(request), office_pack(), "history-show")
    page = replay_page(replay(viewer, ref, decision))
    context = {"head": case.head, "here": office_of(request), "replay": page}
    return render(request, "case/replay.html", context)


def replay_page(found: Replay) -> ReplayPage:
    """The replay in words, in the active language."""
    pack = found.pack_then or found.pack_now
    (stored,) = stored_lines([found.stored], pack)
    return ReplayPage(
        stored=stored,
        facts=_facts(found, pack),
        then=_run(found.pack_then, found.then, found, _kept(found.same)),
        now=_run(found.pack_now, found.now, found, _since(found)),
        one_text=found.pack_then is not None and found.pack_then.hash == found.pack_now.hash,
    )


def _run(pack: Pack | None, verdict: Verdict | None, found: Replay, mark: Mark) -> Run:
    if pack is None or verdict is None:
        return Run(found.stored.pack, found.stored.pack_hash[:6], "", mark, (), "")
    said = verdict_in_words(verdict, pack, found.stored.decision)
    return Run(pack.id, pack.hash[:6], pack.hash, mark, marks(verdict, pack), said)


def _kept(same: bool | None) -> Mark:
    """Whether the text of its day gives again what was stored."""
    if same is None:
        return Mark("unk", _("its text is not kept, so it can't be run again"))
    if same:
        return Mark("ok", _("the same answer"), "check")
    return Mark("breach", _("another answer than was stored: tell the administrator"), "warn")


def _since(found: Replay) -> Mark:
    """What the text applied now makes of that day."""
    if found.now is None:
        return Mark("unk", _("the text applied now does not answer this question"))
    if found.differs:
        return Mark("due", _("another answer under the text applied now"), "scales")
    return Mark("ok", _("the same answer"), "check")


def _facts(found: Replay, pack: Pack) -> tuple[tuple[str, str], ...]:
    """Each fact as it was read, by its label; an unknown one says so."""
    return tuple(
        (pick(fact.label), known_in_words(found.facts.values.get(fact.name), fact))
        for fact in pack.facts.values()
    )
