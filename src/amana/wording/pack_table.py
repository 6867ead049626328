"""A pack as the tables a lawyer reads: rules, readings, days of law, gaps, conflicts and texts, in the
active language.

Knows no file format; `exchange.pack_table` writes the same sections as Markdown, HTML or a workbook.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.core.policy import Bound, Decision, Gap, InForce, Pack, Rule
from amana.wording.conditions import rule_condition_in_words
from amana.wording.languages import as_written, listed, pick
from amana.wording.law import event_in_words, in_force_in_words, in_reading_order, outcome_in_words
from amana.wording.terms import modality_in_words, source_standing_in_words, status_in_words, weight_in_words


@dataclass(frozen=True)
class Section:
    """One table: its title, a line of explanation, headings and rows of text."""

    title: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PackTable:
    """A whole pack for reading; `lines` say what it is and how far it has been reviewed."""

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]


def pack_table(pack: Pack) -> PackTable:
    """Every section of a pack that has rows."""
    sections = [
        section for decision in pack.decisions.values() for section in _decision_sections(pack, decision)
    ]
    sections += [_readings(pack), _events(pack), _conflicts(pack), _texts(pack)]
    lines = (f"{pack.id} · {pack.hash}", status_in_words(pack.status), *_exactness(pack))
    return PackTable(pick(pack.title), lines, tuple(section for section in sections if section.rows))


def _exactness(pack: Pack) -> Iterator[str]:
    for decision in pack.decisions:
        if pack.exact(decision):
            yield _("Answers are exact: every possible combination of facts was tried.")
        else:
            yield _("Answers are not exact: the combinations of facts are too many to try all.")


def _decision_sections(pack: Pack, decision: Decision) -> Iterator[Section]:
    rules = [rule for rule in pack.rules.values() if rule.decision == decision.id]
    rows = [_rule_row(pack, rule) for rule in in_reading_order(rules, pack, decision.id)]
    default = outcome_in_words(decision.default, pack, decision.id)
    rows.append((_("nothing else holds"), "default", default, "—", _("whole period"), "—", "—"))
    yield Section(
        _("Decision table: %(decision)s") % {"decision": pick(decision.title) or decision.id},
        _("Ages in completed years. “Must” defeats “may”."),
        (_("When"), _("Rule"), _("Answer"), _("Force"), _("In force"), _("Text"), _("Standing of the text")),
        tuple(rows),
    )
    gaps = [gap for gap in pack.gaps if gap.decision == decision.id]
    yield Section(
        _("Where no rule speaks"),
        _("A gap in the law is no ground for detention nor for refusing care."),
        (_("Gap"), _("When"), _("In force"), _("What is done"), _("Accepted by")),
        tuple(_gap_row(pack, gap) for gap in gaps),
    )
    yield Section(
        _("Meanwhile"),
        _("Wherever the answer is not settled or may not be acted on."),
        (_("Possible answer"), _("Handling"), _("Text")),
        tuple(
            (
                listed(outcome_in_words(outcome, pack, decision.id) for outcome in interim.possible_any),
                pick(interim.handling),
                _cited(pack, interim.source),
            )
            for interim in decision.interim
        ),
    )


def _rule_row(pack: Pack, rule: Rule) -> tuple[str, ...]:
    source = pack.source(rule.source)
    return (
        rule_condition_in_words(rule.condition, pack.facts),
        rule.id,
        outcome_in_words(rule.outcome, pack, rule.decision),
        modality_in_words(rule.modality),
        _in_force(rule.in_force, pack),
        _cited(pack, rule.source),
        source_standing_in_words(source.standing),
    )


def _gap_row(pack: Pack, gap: Gap) -> tuple[str, ...]:
    return (
        pick(gap.title),
        rule_condition_in_words(gap.condition, pack.facts),
        _in_force(gap.in_force, pack),
        pick(gap.route),
        gap.accepted_by or _("nobody yet"),
    )


def _in_force(span: InForce, pack: Pack) -> str:
    return in_force_in_words(_end(span.start, pack), _end(span.end, pack))


def _end(bound: Bound | None, pack: Pack) -> str:
    if bound is None:
        return ""
    if not bound.event:
        return bound.text
    return pgettext("a day told by what happened on it", "%(event)s") % {
        "event": event_in_words(bound.event, pack)
    }


def _cited(pack: Pack, reference: str) -> str:
    source = pack.source(reference)
    return f"{pick(source.title)} [{as_written(reference)}]"


def _readings(pack: Pack) -> Section:
    return Section(
        _("How open texts are read"),
        "",
        (_("Parameter"), _("Value"), _("Reading"), _("Text")),
        tuple(
            (
                pick(each.label),
                listed(str(value) for value in each.value)
                if isinstance(each.value, tuple)
                else str(each.value),
                pick(each.reading),
                _cited(pack, each.source) if each.source else "—",
            )
            for each in pack.parameters.values()
        ),
    )


def _events(pack: Pack) -> Section:
    return Section(
        _("Days on which law changes"),
        _("One event is one unknown, shared by every rule that names it."),
        (_("Event"), _("Day"), _("What happens"), _("Note"), _("Standing of the text")),
        tuple(
            (each.id, each.on, pick(each.title), pick(each.note), source_standing_in_words(each.standing))
            for each in pack.events.values()
        ),
    )


def _conflicts(pack: Pack) -> Section:
    return Section(
        _("What stands against it"),
        "",
        (_("Id"), _("Reported"), _("Against"), _("Weight"), _("Texts"), _("Watched by")),
        tuple(
            (
                each.id,
                pick(each.reported),
                pick(each.conflict),
                weight_in_words(each.strength),
                listed(as_written(source.id) for source in each.sources),
                listed(each.watched_by) or "—",
            )
            for each in pack.conflicts
        ),
    )


def _texts(pack: Pack) -> Section:
    return Section(
        _("Texts"),
        "",
        (
            pgettext("of a text", "Reference"),
            _("What it says, in our own words"),
            _("Weight"),
            _("Standing of the text"),
            _("Where read"),
        ),
        tuple(
            (
                f"{each.id}/{article}",
                f"{pick(each.title)}: {pick(text)}",
                weight_in_words(each.weight),
                source_standing_in_words(each.standing),
                each.where_read,
            )
            for each in pack.sources.values()
            for article, text in (each.articles or {"": {}}).items()
        ),
    )
