"""The gate of each country as the tab shows it: conditions, what would meet them, the records behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from amana.apps.accounts.viewers import Viewer
from amana.apps.consents import codes
from amana.apps.consents.queries import DossierView, ReturnFile, ToldView, return_file
from amana.casework.gate import GateView, gate
from amana.core.truth import Truth
from amana.web.people.marks import Mark
from amana.web.returns import words
from amana.wording.gate import condition_words, opening_words
from amana.wording.languages import pick, state_in_words


@dataclass(frozen=True)
class ConditionLine:
    """One condition: what must be so, where it stands, and what would make it so where it isn't."""

    words: str
    mark: Mark
    closes: str
    opens: str
    source: str


@dataclass(frozen=True)
class GateShown:
    """The gate for one purpose: `anchor` on the page, and how many of its conditions are met."""

    anchor: str
    title: str
    is_open: bool
    met: int
    of: int
    lines: tuple[ConditionLine, ...]


@dataclass(frozen=True)
class Line:
    """One record: what, when, by whom; `ended` where it no longer stands. `id` where it can be acted on."""

    words: str
    day: str
    by: str
    ended: str = ""
    about: str = ""
    id: str = ""


@dataclass(frozen=True)
class Country:
    """One country: both gates and everything on record."""

    code: str
    name: str
    gates: tuple[GateShown, ...]
    consents: tuple[Line, ...]
    protection: tuple[Line, ...]
    holds: tuple[Line, ...]
    dossiers: tuple[Line, ...]
    told: tuple[Line, ...]


def country(code: str) -> str:
    """The country's name in the reader's language."""
    return state_in_words(code)


def shown(viewer: Viewer, ref: str, nation: str, on: date) -> Country:
    """One country of a person. Raises `NotForYou`."""
    file = return_file(viewer, ref, nation)
    return Country(
        nation,
        country(nation),
        tuple(_gate(gate(viewer, ref, nation, step, on)) for step in (codes.ENQUIRY, codes.HANDOVER)),
        tuple(_consent(each) for each in file.consents),
        tuple(_protection(file)),
        tuple(_hold(each, viewer, on) for each in file.holds),
        tuple(_dossier(each, viewer) for each in file.dossiers),
        tuple(_told(file)),
    )


def content_lines(content: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The content of a dossier in words."""
    known = words.content_words()
    return tuple((known.get(name, name), text) for name, text in content.items())


def _gate(view: GateView) -> GateShown:
    title = words.purpose_words()[codes.PURPOSE_OF[view.step]]
    asked, opening = condition_words(), opening_words()
    lines = tuple(
        ConditionLine(
            asked[each.name],
            words.truth_mark(each.truth),
            pick(each.reason) if each.truth is Truth.FALSE else "",
            "" if each.truth is Truth.TRUE else opening[each.name],
            each.source.id,
        )
        for each in view.conditions
    )
    anchor = f"{view.nation}-{view.step}".lower()
    return GateShown(anchor, title, view.is_open, view.met, len(lines), lines)


def _consent(each: ToldView) -> Line:
    answer = words.answer_words()[each.said["answer"]]
    about = words.purpose_words()[each.purpose]
    giver = words.giver_words()[each.giver]
    return Line(f"{answer} · {giver}", each.on.isoformat(), each.by_name, _day(each.ended_on), about)


def _protection(file: ReturnFile) -> list[Line]:
    flags = words.flag_words()
    found = []
    for each in file.screenings:
        feared = each.said.get("fear")
        fear = flags["unknown" if feared is None else "yes" if feared else "no"]
        done = flags["yes" if each.said.get("done") else "no"]
        said = words.screening_line() % {"done": done, "fear": fear}
        found.append(Line(said, each.on.isoformat(), each.by_name, _day(each.ended_on)))
    for each in file.claims:
        said = words.claim_line() % {"state": words.claim_words()[each.said["state"]]}
        found.append(Line(said, each.on.isoformat(), each.by_name, _day(each.ended_on)))
    return found


def _hold(each: ToldView, viewer: Viewer, on: date) -> Line:
    stands = each.stands and each.until is not None and each.until >= on
    may = stands and viewer.may("returns.release")
    ended = "" if stands else _day(each.ended_on or each.until)
    return Line(
        str(each.said.get("ground", "")),
        _day(each.until),
        each.by_name,
        ended,
        country(each.nation) if each.nation else "",
        str(each.id) if may else "",
    )


def _dossier(each: DossierView, viewer: Viewer) -> Line:
    may = each.released_on is None and each.ended_on is None and not each.mine
    state = words.dossier_state(each.released_on, each.ended_on)
    told = "; ".join(text for _name, text in content_lines(each.content) if text)
    return Line(
        f"{words.step_words()[each.step]} · {state}",
        each.on.isoformat(),
        each.by_name,
        _day(each.ended_on),
        told,
        str(each.id) if may and viewer.may("returns.release") else "",
    )


def _told(file: ReturnFile) -> list[Line]:
    steps, ways = words.step_words(), words.channel_words()
    made = [
        Line(
            f"{steps[each.step]} · {ways[each.channel]}",
            each.on.isoformat(),
            each.by_name,
            "",
            each.recipient,
        )
        for each in file.disclosures
    ]
    planned = [
        Line(
            f"{steps[each.step]} · {words.plan_state(each.state)}",
            each.planned_for.isoformat(),
            "",
            _day(each.ended_on),
        )
        for each in file.steps
    ]
    return [*made, *planned]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
