"""What of a pack can be changed, each with its present text: thresholds, rules, days on which law changes.

A subject is named `kind:id` in an address (`parameter:majority`, `rule:adult`, `end:adult`, `event:…`;
`new-rule` alone). Words only; nothing is changed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from amana.core.policy import Pack, Parameter, Rule
from amana.web.law.values import present_value
from amana.wording.conditions import rule_condition_in_words
from amana.wording.languages import as_written, pick
from amana.wording.law import event_in_words, outcome_in_words
from amana.wording.terms import modality_in_words

NEW_RULE: Final = "new-rule"
PARAMETER, RULE, END, EVENT = "parameter", "rule", "end", "event"


@dataclass(frozen=True)
class Subject:
    """One thing that can be changed: its name in an address, kind, id, title, and what it says now."""

    key: str
    kind: str
    target: str
    title: str
    now: str


def thresholds(pack: Pack, on: date) -> tuple[Subject, ...]:
    """The thresholds and lists of codes that rules name."""
    return tuple(_parameter(each, pack, on) for each in pack.parameters.values())


def rules(pack: Pack) -> tuple[Subject, ...]:
    """The rules, each to be replaced by another."""
    return tuple(_rule(each, pack, RULE) for each in pack.rules.values())


def events(pack: Pack) -> tuple[Subject, ...]:
    """The days on which law changes."""
    return tuple(
        Subject(f"{EVENT}:{each.id}", EVENT, each.id, event_in_words(each.id, pack), as_written(each.on))
        for each in pack.events.values()
    )


def subject_named(key: str, pack: Pack, on: date) -> Subject | None:
    """The subject an address names, with its text of that day; None where the pack holds no such thing."""
    if key == NEW_RULE:
        return Subject(NEW_RULE, NEW_RULE, "", _("A new rule"), "") if pack.decisions else None
    kind, _colon, target = key.partition(":")
    if kind == PARAMETER and target in pack.parameters:
        return _parameter(pack.parameters[target], pack, on)
    if kind in (RULE, END) and target in pack.rules:
        return _rule(pack.rules[target], pack, kind)
    return next((each for each in events(pack) if each.key == key), None)


def rule_in_words(rule: Rule, pack: Pack) -> str:
    """A rule in one line: “age is 18 or older: must, not a child”."""
    return _("%(condition)s: %(force)s, %(outcome)s") % {
        "condition": rule_condition_in_words(rule.condition, pack.facts),
        "force": modality_in_words(rule.modality),
        "outcome": outcome_in_words(rule.outcome, pack, rule.decision),
    }


def _parameter(parameter: Parameter, pack: Pack, on: date) -> Subject:
    title = pick(parameter.label) or parameter.id
    return Subject(
        f"{PARAMETER}:{parameter.id}", PARAMETER, parameter.id, title, present_value(parameter, pack, on)
    )


def _rule(rule: Rule, pack: Pack, kind: str) -> Subject:
    title = pick(rule.title) or as_written(rule.id)
    return Subject(f"{kind}:{rule.id}", kind, rule.id, title, rule_in_words(rule, pack))
