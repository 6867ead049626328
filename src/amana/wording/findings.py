"""Findings of safeguards in words: the verdict, the day by which something is owed, the acts, and what a
safeguard watches and asks.

Never says *compliant*: what is left is *no breach found*. A day that is not certain is told from the first to
the last it may be; nothing is counted from a guess. What to ask next is told by `verdicts.needs_in_words`
with the pack's `watch`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from amana.core.dates import DateSpan
from amana.core.policy import Pack
from amana.core.policy.nodes import All, During, Node
from amana.core.safeguards import Clock, Duty, Remedy, Safeguard, SafeguardVerdict
from amana.core.safeguards.clocks import clocks_on
from amana.wording.conditions import rule_condition_in_words
from amana.wording.languages import as_written, day_in_words, each_of, listed, once_a_language, pick
from amana.wording.law import in_force_in_words


def verdict_in_words(verdict: SafeguardVerdict | str) -> str:
    """What was found: “no breach found”, “overdue”; a code without a phrase as it is written."""
    return {
        "no_breach_found": pgettext("verdict of a safeguard", "no breach found"),
        "duty_open": pgettext("verdict of a safeguard", "duty open"),
        "overdue": pgettext("verdict of a safeguard", "overdue"),
        "breach": pgettext("verdict of a safeguard", "breach"),
        "warn": pgettext("verdict of a safeguard", "warning"),
        "undetermined": pgettext("verdict of a safeguard", "undetermined"),
    }.get(str(verdict), str(verdict))


def severity_in_words(severity: str) -> str:
    """What a safeguard can find: a breach, a duty with a clock, or a warning."""
    return {
        "breach": pgettext("severity of a safeguard", "breach: this must not be"),
        "duty": pgettext("severity of a safeguard", "duty: owed by a day"),
        "warn": pgettext("severity of a safeguard", "warning: somebody must look"),
    }.get(severity, severity)


class Due(Protocol):
    """Whatever has a last day in time."""

    @property
    def due(self) -> DateSpan | None:
        """The last day in time, from the first to the last possible; None where no clock runs."""


def due_in_words(finding: Due, on: date) -> str:
    """By when something is owed, seen from a day; empty where no clock runs."""
    return due_span_in_words(finding.due, on)


def due_span_in_words(due: DateSpan | None, on: date) -> str:
    """“due in 3 days”, “41 days late”, “due between … and …”; empty for no day."""
    if due is None or (due.earliest is None and due.latest is None):
        return ""
    if due.earliest is None or due.latest is None:
        return _open(due)
    least, most = (on - due.latest).days, (on - due.earliest).days
    if least == most:
        return _late(most) if most > 0 else _ahead(-most)
    if least > 0:
        return ngettext("%(least)s to %(most)s day late", "%(least)s to %(most)s days late", most) % {
            "least": least,
            "most": most,
        }
    return _("due between %(first)s and %(last)s") % {
        "first": day_in_words(due.earliest),
        "last": day_in_words(due.latest),
    }


def _open(due: DateSpan) -> str:
    if due.latest is not None:
        return _("due on %(day)s or earlier") % {"day": day_in_words(due.latest)}
    return _("due on %(day)s or later") % {"day": day_in_words(due.earliest)} if due.earliest else ""


def _late(days: int) -> str:
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


def _ahead(days: int) -> str:
    if days == 0:
        return _("due today")
    return ngettext("due in %(days)s day", "due in %(days)s days", days) % {"days": days}


def acts_in_words(remedies: Iterable[Remedy]) -> list[str]:
    """The acts that are owed, each with the gate that must be open first."""
    return [
        _("%(act)s (only while the gate of the country is open)") % {"act": act_in_words(each.act)}
        if each.only_if
        else act_in_words(each.act)
        for each in remedies
    ]


def act_in_words(act: str) -> str:
    """What is to be done; an act without a phrase as it is written."""
    return _acts().get(act, act)


@once_a_language
def _acts() -> Mapping[str, str]:
    return {
        "establish_fact": _("establish the fact"),
        "assess": _("assess the child's best interests"),
        "make_determination": _("make a determination of best interests"),
        "seek_judge": _("bring it before a judge, or open the way to one"),
        "review_placement": _("review the placement"),
        "give_reasons": _("write down the reasons, the texts and who decided"),
        "hear_child": _("hear the child, or write down why not"),
        "identify_care": _("name who will care for the child"),
        "ask_mother_about_consulate": _("ask the mother whether the consulate may be consulted"),
        "consult_consulate": _("consult the consulate"),
        "consider_family_care": _("try care in a family first, and write down what was tried"),
        "find_family_care": _("find care in a family"),
        "reunite_with_mother": _("bring the child back to the mother"),
        "reunite_siblings": _("bring the siblings together"),
        "move_out_of_custody": _("take the child out of custody"),
        "restore_care": _("give the care that was refused"),
        "review_admission": _("find out on what text the child was admitted"),
        "appoint_guardian": _("have a guardian appointed"),
        "settle_age_in_favour": _("take the age in doubt in the child's favour"),
        "remove_label": _("take the label out"),
        "correct_grounds": _("decide anew on the person's own situation and acts"),
        "record_reason": _("write down the reason"),
        "tell_monitor": _("tell the independent monitor"),
        "tell_guardian": _("tell the guardian"),
        "review_urgent_move": _("review the urgent move"),
        "end_urgent_move": _("end the urgent move"),
        "remove_column": _("take the column out of the database"),
        "contact_visit": _("arrange contact with the family"),
        "trace_family": _("trace the family"),
        "enrol_school": _("enrol the child in school"),
        "health_care": _("give access to health care"),
        "register_birth": _("register the birth"),
        "open_nationality_path": _("open a way to a nationality"),
        "protect_data": _("protect the data"),
        "open_investigation": _("open an independent investigation"),
        "medical_exam": _("have an independent clinician examine the person"),
        "exclude_evidence": _("keep the evidence out"),
        "bring_before_judge": _("bring the person before a judge"),
        "review_charge": _("review the charge and the ways around a trial"),
        "appoint_counsel": _("have counsel appointed"),
        "disclose_to_country": _("tell the country of origin"),
    }


def told_in_words(safeguard: Safeguard) -> str:
    """Whom a safeguard tells."""
    roles = _roles()
    return listed(roles.get(each, each) for each in safeguard.alerts)


@once_a_language
def _roles() -> Mapping[str, str]:
    """The roles as the office calls them."""
    return {
        "registrar": _("Registrar"),
        "caseworker": _("Caseworker"),
        "supervisor": _("Supervisor"),
        "monitor": _("Independent monitor"),
        "rules_editor": _("Rules editor"),
        "policy_approver": _("Policy approver"),
        "administrator": _("Administrator"),
        "operator": _("Operator"),
    }


def watched_in_words(safeguard: Safeguard, pack: Pack) -> str:
    """The kind of record that it watches, or those it waits for."""
    if safeguard.alive:
        return pick(pack.records[safeguard.watches].title)
    waits = listed(as_written(each) for each in safeguard.needs_records)
    return _("not watched yet: it waits for records of %(kinds)s") % {"kinds": waits}


def applies_in_words(safeguard: Safeguard, pack: Pack) -> list[str]:
    """To whom and to what it applies, one line for each part that must hold; none of one that waits."""
    return _parts(safeguard.conditions.applies, pack) if safeguard.conditions else []


def broken_in_words(safeguard: Safeguard, pack: Pack) -> list[str]:
    """When it is broken, of breaches and warnings; of a duty each clock, in the order in which they count."""
    conditions = safeguard.conditions
    if conditions is None:
        return []
    if conditions.breach is not None:
        return _parts(conditions.breach, pack)
    clocks = zip(safeguard.duties, conditions.clocks, strict=True)
    return [_duty(duty, clock, pack) for duty, clock in clocks]


def _duty(duty: Duty, clock: Clock, pack: Pack) -> str:
    facts = pack.watch.facts if pack.watch else pack.facts
    owed = _("owed within %(clock)s of %(start)s") % {
        "clock": _clock(duty, pack),
        "start": pick(facts[duty.start].label),
    }
    when, done = (each_of(_parts(node, pack)) for node in (clock.when, clock.done))
    told = [
        _("where %(condition)s") % {"condition": when} if when else "",
        owed,
        _("unless %(condition)s") % {"condition": done} if done else "",
    ]
    return listed(filter(None, told))


def clock_in_words(safeguard: Safeguard, pack: Pack, on: date | None = None) -> str:
    """How long a duty may take: “14 days; then 90 days”; empty without a clock. `on`: only what may count on
    that day; without it all, each with its period.
    """
    clocks = list(dict.fromkeys(_clock(duty, pack, on) for duty in safeguard.duties))
    return pgettext("between clocks that follow one another", "; then ").join(clocks)


def _clock(duty: Duty, pack: Pack, on: date | None = None) -> str:
    days = duty.days if on is None else clocks_on(duty, on, pack.events)
    return listed(
        _("%(condition)s (%(when)s)") % {"condition": _days(value), "when": in_force_in_words(*period.ends)}
        if len(days) > 1
        else _days(value)
        for period, value in days
    )


def _days(days: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days} if days else _("the same day")


def _parts(node: Node | None, pack: Pack) -> list[str]:
    """The parts of a condition that must hold together, in words."""
    if node is None or pack.watch is None:
        return []
    together = isinstance(node, All) and not any(isinstance(each, During) for each in node.children)
    parts = node.children if isinstance(node, All) and together else (node,)
    return [rule_condition_in_words(part, pack.watch.facts) for part in parts]
