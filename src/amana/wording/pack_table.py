"""A pack as the document a lawyer reads: what was reviewed, decision tables, answers, readings, days of law,
gaps, conflicts, open questions and texts, in the active language.

Knows no file format; `exchange.pack_table` writes the same sections as Markdown, HTML, JSON or a workbook.
A cell may hold several lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.core.policy import Decision, Gap, OutcomeDef, Pack, Rule
from amana.core.policy.nodes import All
from amana.wording.conditions import rule_condition_in_words
from amana.wording.languages import as_written, listed, pick
from amana.wording.law import in_reading_order, outcome_in_words
from amana.wording.pack_document import PackTable, Section, with_origin
from amana.wording.pack_lists import lists_of_pack
from amana.wording.pack_words import (
    backing_in_words,
    cited_in_words,
    conflicts_about,
    lines,
    period_in_words,
    questions_about,
)
from amana.wording.terms import modality_in_words, status_in_words


def pack_table(pack: Pack) -> PackTable:
    """Every section of a pack that has rows; what it is and how far it was reviewed stands before them."""
    sections = [
        section for decision in pack.decisions.values() for section in _decision_sections(pack, decision)
    ]
    sections += lists_of_pack(pack)
    return PackTable(
        pick(pack.title),
        _("Status: %(status)s. Nothing here is legal advice.") % {"status": status_in_words(pack.status)},
        tuple(_about(pack)),
        tuple(section for section in sections if section.rows),
    )


def _about(pack: Pack) -> Iterator[str]:
    yield _("Pack %(id)s, version %(hash)s") % {"id": as_written(pack.id), "hash": as_written(pack.hash[:12])}
    if pack.extends:
        yield _("It stands on %(packs)s and inherits what is marked so.") % {
            "packs": listed(as_written(each) for each in pack.extends)
        }
    if pack.decisions:
        yield _birthdays(pack)
        yield ngettext(
            "A date that is only approximate is widened by %(years)s year on each side.",
            "A date that is only approximate is widened by %(years)s years on each side.",
            pack.approximate_years,
        ) % {"years": pack.approximate_years}
    if pack.note:
        yield pick(pack.note)
    for decision in pack.decisions.values():
        yield f"{_title(decision)}: {_exactness(pack, decision.id)}"


def _birthdays(pack: Pack) -> str:
    if pack.leap_day == "mar-01":
        return _("Whoever was born on 29 February completes a year on 1 March of a common year.")
    return _("Whoever was born on 29 February completes a year on 28 February of a common year.")


def _exactness(pack: Pack, decision: str) -> str:
    if pack.exact(decision):
        return _("Answers are exact: every possible combination of facts was tried.")
    if pack.engines[decision].coupled:
        return _(
            "Answers are not exact where two uncertain dates are compared: they may list more outcomes than "
            "there are, never fewer."
        )
    return _("Answers are not exact: the combinations of facts are too many to try all.")


def _title(decision: Decision) -> str:
    return pick(decision.title) or as_written(decision.id)


def _decision_sections(pack: Pack, decision: Decision) -> Iterator[Section]:
    yield _rules(pack, decision)
    yield Section(
        _("What the answers mean: %(decision)s") % {"decision": _title(decision)},
        "",
        (_("Answer"), _("What it means"), _("May it be acted on")),
        tuple(
            (pick(each.label), pick(each.description), _limits(each, decision))
            for each in decision.outcomes.values()
        ),
    )
    gaps = [gap for gap in pack.gaps if gap.decision == decision.id]
    silent = Section(
        _("Where no rule speaks: %(decision)s") % {"decision": _title(decision)},
        _("A gap in the law is no ground for detention nor for refusing care."),
        (_("Gap"), _("When"), _("In force"), _("What is done"), _("Text"), _("Accepted by")),
        tuple(_gap_row(pack, gap) for gap in gaps),
    )
    yield with_origin(silent, pack, "gaps", [gap.id for gap in gaps])
    yield Section(
        _("Meanwhile: %(decision)s") % {"decision": _title(decision)},
        _("Wherever the answer is not settled or may not be acted on."),
        (_("Possible answer"), _("Handling"), _("Text")),
        tuple(
            (
                listed(outcome_in_words(outcome, pack, decision.id) for outcome in interim.possible_any),
                pick(interim.handling),
                cited_in_words(interim.source, pack),
            )
            for interim in decision.interim
        ),
    )


def _rules(pack: Pack, decision: Decision) -> Section:
    known = [rule for rule in pack.rules.values() if rule.decision == decision.id]
    rules = in_reading_order(known, pack, decision.id)
    default = outcome_in_words(decision.default, pack, decision.id)
    last = (_("default"), _("nothing else holds"), default, "—", "—", "—", "—")
    table = Section(
        _("Decision table: %(decision)s") % {"decision": _title(decision)},
        _("Ages in completed years. “Must” defeats “may”; “must not” takes an answer away."),
        (
            _("Rule"),
            _("When"),
            _("Answer"),
            _("Force"),
            _("In force"),
            _("Why"),
            _("Text, its weight and standing"),
        ),
        tuple(_rule_row(pack, rule) for rule in rules),
    )
    told = with_origin(table, pack, "rules", [rule.id for rule in rules])
    padded = last + ("",) * (len(told.headings) - len(last))
    return Section(told.title, told.note, told.headings, (*told.rows, padded))


def _rule_row(pack: Pack, rule: Rule) -> tuple[str, ...]:
    asked, against = questions_about(rule.id, pack), conflicts_about(rule, pack)
    return (
        as_written(rule.id),
        lines([*_conditions(rule, pack), _goes_before(rule)]),
        outcome_in_words(rule.outcome, pack, rule.decision),
        modality_in_words(rule.modality),
        period_in_words(rule.in_force, pack),
        pick(rule.reason),
        lines(
            [
                cited_in_words(rule.source, pack),
                backing_in_words(rule.source, pack),
                _("What stands against it: %(conflicts)s") % {"conflicts": against} if against else "",
                _("Open questions: %(questions)s") % {"questions": asked} if asked else "",
            ]
        ),
    )


def _conditions(rule: Rule | Gap, pack: Pack) -> list[str]:
    """The condition, one line for each part that must hold."""
    node = rule.condition
    parts = node.children if isinstance(node, All) else (node,)
    told = [rule_condition_in_words(part, pack.facts) for part in parts]
    return [told[0], *(_("and %(condition)s") % {"condition": each} for each in told[1:])]


def _goes_before(rule: Rule) -> str:
    if not rule.exception_to:
        return ""
    return _("(an exception: where it holds, it goes before %(rules)s)") % {
        "rules": listed(as_written(each) for each in rule.exception_to)
    }


def _limits(outcome: OutcomeDef, decision: Decision) -> str:
    if outcome.id == decision.default:
        return _("nothing follows from it: see “Meanwhile”")
    if not outcome.actionable:
        return _("never: it is shown, and nothing is done on it")
    if outcome.harsh:
        return _("only where the facts behind it are supported or better")
    return _("yes")


def _gap_row(pack: Pack, gap: Gap) -> tuple[str, ...]:
    asked = questions_about(gap.id, pack)
    return (
        pick(gap.title),
        lines(_conditions(gap, pack)),
        period_in_words(gap.in_force, pack),
        lines([pick(gap.route), _("Open questions: %(questions)s") % {"questions": asked} if asked else ""]),
        cited_in_words(gap.source, pack),
        gap.accepted_by or _("nobody yet"),
    )
