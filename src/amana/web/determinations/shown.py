"""One determination, assessment or court decision for reading: topics with answers, steps, appeals.

Shows what is missing as missing. Knows no rule: whether something is wrong is the safeguards' to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amana.apps.determinations.answers import AppealView, DeterminationView, JudicialView, Waiting
from amana.apps.determinations.contents import View
from amana.core.policy import Pack
from amana.web.determinations import words
from amana.web.determinations.base_form import Answer
from amana.web.people.marks import Mark
from amana.wording.languages import pick


@dataclass(frozen=True)
class Told:
    """One topic for reading: anchor, title, answers."""

    id: str
    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Step:
    """One step that is kept: the office's day, what was done, by whom, why."""

    on: str
    text: str
    by: str
    reason: str


@dataclass(frozen=True)
class AppealLine:
    """One appeal in words; `open` while nothing has been decided on it."""

    id: int
    text: str
    on: str
    ground: str
    outcome: str
    decided: str
    reasons: str
    open: bool


def title_of(each: DeterminationView | Waiting) -> str:
    """What it is and what it decides: one line for lists and headings."""
    kind = words.said(words.kind_words(), each.kind)
    if not each.decides:
        return kind
    decides = words.said(words.decides_words(), each.decides)
    return _("%(kind)s: %(decides)s") % {"kind": kind, "decides": decides}


def topics_told(each: DeterminationView, pack: Pack) -> tuple[Told, ...]:
    """Everything it says; an assessment tells neither panel nor grounds nor appeal, for it has none."""
    assessed = each.kind == "assessment"
    found = [Told("what", _("What was decided"), tuple(_decided(each)))]
    if assessed:
        found = [Told("what", _("The assessment"), tuple(_assessed(each)))]
    else:
        found.append(Told("panel", _("Who decided"), tuple(_panel(each))))
    found.append(Told("heard", _("Who was heard"), tuple(_heard(each))))
    if each.options:
        found.append(Told("weighed", _("What was weighed"), tuple(_options(each))))
    if not assessed:
        found.append(Told("rests", _("On what it rests"), tuple(_rests(each, pack))))
        found.append(Told("leaving", _("If the child leaves"), tuple(_leaving(each))))
        found.append(Told("after", _("How it can be contested, and the next look"), tuple(_after(each))))
    return tuple(each for each in found if each.answers)


def _decided(each: DeterminationView) -> Iterator[Answer]:
    yield _code(_("The decision"), words.decides_words(), each.decides)
    if each.place_kind:
        yield _code(_("Kind of place"), words.place_words(), each.place_kind)
    if each.stance:
        yield _code(_("As to the protocol"), words.stance_words(), each.stance)
    yield _day(_("Decided on"), each.decided_on)
    if each.kind == "reported":
        yield _text(_("Who decided"), each.body)
        yield _text(_("How it is known"), each.source)
        yield _code(_("What it does to the child"), words.effect_words(), each.effect)
    if each.label_used:
        called = words.said(words.label_words(), each.label_used)
        warning = Mark("breach", _("a label without a finding of a judge; never used here"), "warn")
        yield Answer(_("What it called the person"), (called,), mark=warning)


def _assessed(each: DeterminationView) -> Iterator[Answer]:
    yield _code(_("Which assessment it is"), words.stage_words(), each.stage)
    yield _day(_("Held on"), each.decided_on)
    yield _text(_("What was found"), each.reasons)
    yield _text(_("What is advised"), each.recommendation)
    yield _day(_("Look again on"), each.review_on)


def _panel(each: DeterminationView) -> Iterator[Answer]:
    functions = words.function_words()
    for member in each.panel:
        yield Answer(words.said(functions, member.function), (member.name,))


def _heard(each: DeterminationView) -> Iterator[Answer]:
    yield _view(_("The child"), each.child_view)
    yield _view(_("The mother"), each.mother_view)
    yield _view(_("The father"), each.father_view)


def _view(who: str, view: View | None) -> Answer:
    if view is None:
        return Answer(who, (), mark=_missing())
    lines = tuple(view.text.splitlines())
    if view.given:
        return Answer(who, lines, mark=Mark("ok", _("was heard"), "check"))
    reason = words.said(words.not_heard_words(), view.reason)
    return Answer(who, lines, mark=Mark("", reason, "minus"))


def _options(each: DeterminationView) -> Iterator[Answer]:
    options = words.option_words()
    for option in each.options:
        yield _text(words.said(options, option.code), option.weighed)


def _rests(each: DeterminationView, pack: Pack) -> Iterator[Answer]:
    yield Answer(_("The evidence"), each.evidence, mark=None if each.evidence else _missing())
    grounds = words.ground_words()
    told = tuple(words.said(grounds, code) for code in each.grounds)
    yield Answer(_("The grounds"), told, mark=ground_mark(each))
    yield _text(_("The reasons"), each.reasons)
    texts = tuple(_citation(citation, pack) for citation in each.citations)
    yield Answer(_("The texts it rests on"), texts, mark=None if texts else _missing())


def ground_mark(each: DeterminationView) -> Mark | None:
    """Said of grounds that carry nothing against a child by themselves, and of none at all."""
    if not each.grounds:
        return _missing()
    if set(each.grounds) <= words.NEVER_ALONE and each.effect != "protective":
        return Mark("breach", _("none of these carries a decision against a child by itself"), "warn")
    return None


def _citation(citation: str, pack: Pack) -> str:
    ident, _slash, article = citation.partition("/")
    instrument = pack.sources.get(ident)
    if instrument is None:
        return citation
    return " · ".join(part for part in (pick(instrument.title), article) if part)


def _leaving(each: DeterminationView) -> Iterator[Answer]:
    if each.care_identified is not None and each.decides in ("separation", "care_placement"):
        yield Answer(_("Is the care ready?"), (_("yes") if each.care_identified else _("no"),))
    if each.consulate:
        yield _code(_("The consulate"), words.consulate_words(), each.consulate)
    if each.exception_until:
        yield _day(_("Exception for a child under three, until"), each.exception_until)


def _after(each: DeterminationView) -> Iterator[Answer]:
    yield _text(_("Where it can be contested"), each.appeal_route)
    if each.appeal_until or each.effect == "adverse":
        yield _day(_("Until when"), each.appeal_until)
    if each.review_on or each.kind != "reported":
        yield _day(_("Look again on"), each.review_on)


def judicial_told(each: JudicialView) -> tuple[Answer, ...]:
    """What a court decided."""
    review = None if each.review_available is None else _("yes") if each.review_available else _("no")
    found = [_text(_("Court"), each.court), _day(_("Decided on"), each.decided_on)]
    if each.number:
        found.append(Answer(_("Number of the decision"), (each.number,), figures=True))
    found.append(_text(_("What it says"), each.summary))
    found.append(_text(_("Where it was read"), each.source))
    found.append(_text(_("Can it be contested or reviewed?"), review or ""))
    return tuple(found)


def steps_told(each: DeterminationView) -> tuple[Step, ...]:
    """Who asked, approved, rejected or withdrew, and why."""
    done = {
        "requested": _("asked for"),
        "approved": _("approved"),
        "rejected": _("rejected"),
        "withdrawn": _("withdrawn"),
    }
    return tuple(
        Step(step.on.isoformat(), words.said(done, step.step), step.by_name, step.reason)
        for step in each.approvals
    )


def appeals_told(each: DeterminationView) -> tuple[AppealLine, ...]:
    """Its appeals, in the order lodged."""
    return tuple(_appeal(appeal) for appeal in each.appeals)


def appeal_in_short(appeal: AppealView) -> tuple[str, str]:
    """By whom a determination was contested, and what came of it (empty while nothing did): no text of it."""
    who = words.said(words.appellant_words(), appeal.lodged_by)
    body = words.said(words.body_words(), appeal.body)
    outcome = words.said(words.appeal_words(), appeal.outcome)
    came = "" if appeal.open else _("%(body)s: %(outcome)s") % {"body": body, "outcome": outcome}
    return _("Contested by: %(who)s") % {"who": who}, came


def _appeal(appeal: AppealView) -> AppealLine:
    text, came = appeal_in_short(appeal)
    return AppealLine(
        id=appeal.id,
        text=text,
        on=appeal.lodged_on.isoformat(),
        ground=appeal.ground,
        outcome=came,
        decided=appeal.decided_on.isoformat() if appeal.decided_on else "",
        reasons=appeal.reasons,
        open=appeal.open,
    )


def _code(question: str, known: dict[str, str], code: str) -> Answer:
    return Answer(question, (words.said(known, code),)) if code else Answer(question, (), mark=_missing())


def _text(question: str, text: str) -> Answer:
    lines = tuple(line for line in text.splitlines() if line.strip())
    return Answer(question, lines, mark=None if lines else _missing())


def _day(question: str, day: date | None) -> Answer:
    return Answer(question, (day.isoformat(),), True) if day else Answer(question, (), mark=_missing())


def _missing() -> Mark:
    return Mark("unk", _("not on record"), "unknown")
