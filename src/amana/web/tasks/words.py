"""Tasks in words: what is to be done, by which safeguard, by when, by whom. Never an outcome;
a birthday is named by its review.

A safeguard's words come from its pack, a question's from the fact it asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amana.apps.accounts.roles import ROLES
from amana.apps.tasks import kinds
from amana.apps.tasks.answers import TaskLine
from amana.core.policy import Pack
from amana.core.policy.model import FactDef
from amana.core.safeguards import DISCLOSING, Safeguard
from amana.wording.changes import cause_in_words
from amana.wording.findings import act_in_words
from amana.wording.languages import day_in_words, pick

TITLES: Final = {
    kinds.CONTACT: gettext_lazy("Contact and assessment review"),
    kinds.PROTECTION: gettext_lazy("Protection review"),
    kinds.PLACEMENT: gettext_lazy("Review of the case"),
    kinds.APPROVAL: gettext_lazy("A determination waits for a second person"),
    kinds.APPEAL: gettext_lazy("An appeal waits for its answer"),
    kinds.AGAIN: gettext_lazy("Review of a determination"),
    kinds.URGENT: gettext_lazy("Review of an urgent protective move"),
    kinds.MONITOR: gettext_lazy("Answer a question of the monitor"),
    kinds.MISSION: gettext_lazy("An answer of a mission waits to be judged"),
    kinds.REQUEST: gettext_lazy("A request about the record waits for its answer"),
    kinds.REPRESENTATIVE: gettext_lazy("A guardian or counsel waits for a second person"),
}

THEMES: Final = {
    kinds.BREACHES: gettext_lazy("Breaches"),
    kinds.DUTIES: gettext_lazy("Duties"),
    kinds.REVIEWS: gettext_lazy("Reviews"),
    kinds.QUESTIONS: gettext_lazy("Questions"),
    kinds.LOOKS: gettext_lazy("To look at"),
    kinds.ANSWERS: gettext_lazy("Approvals and appeals"),
}

ENDS: Final = {
    kinds.BREACH: gettext_lazy("It ends when the facts are put right."),
    kinds.DUTY: gettext_lazy("It ends when what is owed stands on record."),
    kinds.LOOK: gettext_lazy("It ends when the record says what was looked at."),
    kinds.QUESTION: gettext_lazy("It ends when the fact is established, or nothing depends on it any more."),
    kinds.APPROVAL: gettext_lazy("It ends when somebody else than its author approves or rejects it."),
    kinds.APPEAL: gettext_lazy("It ends when the appeal is decided."),
    kinds.AGAIN: gettext_lazy("It ends when a new assessment or determination is made."),
    kinds.URGENT: gettext_lazy("It ends when the move is reviewed."),
    kinds.MONITOR: gettext_lazy("It ends when the office has answered in words."),
    kinds.MISSION: gettext_lazy("It ends when somebody has said what the answer is worth."),
    kinds.REQUEST: gettext_lazy("It ends when somebody else than who took it down has answered it."),
    kinds.REPRESENTATIVE: gettext_lazy("It ends when somebody else than who asked confirms or refuses."),
}
_UNNUMBERED: Final = (kinds.QUESTION, kinds.MONITOR, kinds.REQUEST, kinds.REPRESENTATIVE, kinds.MISSION)
"""Kinds whose source is no number that anybody refers to."""
_WAITING: Final = (kinds.APPROVAL, kinds.APPEAL, kinds.REQUEST, kinds.REPRESENTATIVE, kinds.MISSION)
OF_BIRTHDAYS: Final = gettext_lazy(
    "It ends when an assessment or a determination is made. It is a review: nobody is moved because of a "
    "birthday."
)


@dataclass(frozen=True)
class Mark:
    """When a task is due: kind of the `remark` tag, words (empty where no day is set), icon."""

    kind: str
    words: str
    icon: str = "clock"


def title_of(task: TaskLine, pack: Pack) -> str:
    """What is to be done, in a few words."""
    if task.kind in kinds.OF_SAFEGUARDS:
        safeguard = safeguard_of(task, pack)
        return _act(safeguard) if safeguard else task.source.partition(":")[0]
    if task.kind == kinds.QUESTION:
        fact = fact_of(task, pack)
        return _question(fact) if fact else _("A fact to establish")
    return str(TITLES[task.kind])


def _act(safeguard: Safeguard) -> str:
    """The first act that clears it and tells no country anything; its name where there is none."""
    told = [act_in_words(each.act) for each in safeguard.remedy if each.act not in DISCLOSING]
    words = told[0] if told else pick(safeguard.title)
    return words[:1].upper() + words[1:]


def _question(fact: FactDef) -> str:
    return pick(fact.question) or _("To establish: %(fact)s") % {"fact": pick(fact.label)}


def detail_of(task: TaskLine, pack: Pack) -> str:
    """Which birthday a review is for; which safeguard asks for it; empty for other kinds."""
    if safeguard := safeguard_of(task, pack):
        return pick(safeguard.title)
    return cause_in_words(task.source, pack) if task.kind in kinds.BIRTHDAYS else ""


def number_of(task: TaskLine) -> str:
    """The safeguard or the determination that it comes from, as it is referred to."""
    if task.kind in kinds.BIRTHDAYS or task.kind in _UNNUMBERED:
        return ""
    return task.source.partition(":")[0]


def safeguard_of(task: TaskLine, pack: Pack) -> Safeguard | None:
    """The safeguard a task comes from; None where it comes from none, or the law no longer has it."""
    if task.kind not in kinds.OF_SAFEGUARDS:
        return None
    return pack.safeguards.get(task.source.partition(":")[0])


def fact_of(task: TaskLine, pack: Pack) -> FactDef | None:
    """The fact a question asks for."""
    if task.kind != kinds.QUESTION:
        return None
    watched = pack.watch.facts.get(task.source) if pack.watch else None
    return pack.facts.get(task.source) or watched


def ends_of(task: TaskLine) -> str:
    """When the task will end, without anybody ending it."""
    return str(OF_BIRTHDAYS if task.kind in kinds.BIRTHDAYS else ENDS[task.kind])


def due_of(task: TaskLine, on: date) -> Mark:
    """By when, seen from a day: late in days, today, a day, or a stretch within which it falls."""
    if task.begun:
        return Mark("breach", _since(task.since, on), "warn")
    last = task.due_latest
    if last is None:
        return Mark("", _waiting(task, on))
    if last < on:
        late = (on - last).days
        return Mark("breach", ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late})
    if not task.sure:
        return Mark("unk", _("day not known"), "unknown")
    if last == on:
        return Mark("due", _("today"))
    return Mark("", day_in_words(last))


def stretch_of(task: TaskLine, on: date) -> str:
    """From when to when it may fall due, where the day is not known and has not surely passed; else empty."""
    if task.begun or task.sure or task.due_latest is None or task.due_latest < on:
        return ""
    if task.due_earliest is None:
        return _("%(day)s at the latest") % {"day": day_in_words(task.due_latest)}
    first, last = day_in_words(max(task.due_earliest, on)), day_in_words(task.due_latest)
    return _("between %(first)s and %(last)s") % {"first": first, "last": last}


def _since(day: date, on: date) -> str:
    days = (on - day).days
    if days < 0:
        return _("planned for %(day)s") % {"day": day_in_words(day)}
    if days == 0:
        return _("since today")
    return ngettext("open %(n)s day", "open %(n)s days", days) % {"n": days}


def _waiting(task: TaskLine, on: date) -> str:
    if task.kind in _WAITING and (days := (on - task.since).days) > 0:
        return ngettext("waits %(n)s day", "waits %(n)s days", days) % {"n": days}
    return ""


def desk_in_words(desk: str) -> str:
    """The desk of a role."""
    role = ROLES.get(desk)
    return _("desk: %(role)s") % {"role": _(role.title) if role else desk}


def group_of(task: TaskLine, on: date) -> str:
    """The heading a task stands under; tasks come in the order of these."""
    if task.begun:
        return str(THEMES[kinds.BREACHES])
    if task.due < on:
        return _("Late")
    if task.due == on:
        return _("Today")
    ahead = (task.due - on).days
    if ahead <= WEEK:
        return _("Within 7 days")
    return _("Later") if ahead < FAR else _("No day set")


WEEK: Final = 7
FAR: Final = 365_000
"""Days ahead that no due date has: the day that sorts tasks without one lies beyond."""
