"""The lists behind a pack's decision tables: readings, facts, days of law, conflicts, safeguards, open
questions, what was taken out, and texts.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from amana.core.policy import FactDef, Pack, Parameter
from amana.wording.languages import as_written, listed, pick, state_in_words
from amana.wording.pack_document import Section, with_origin
from amana.wording.pack_safeguards import safeguards_of_pack
from amana.wording.pack_words import (
    cited_in_words,
    conflicts_of_pack,
    law_day_in_words,
    lines,
    named_in_words,
    parameter_values_in_words,
    standing_in_words_of,
    strikes_in_words,
    text_in_words,
    texts_of_pack,
)
from amana.wording.terms import source_standing_in_words, weight_in_words


def lists_of_pack(pack: Pack) -> list[Section]:
    """The sections that follow the decisions."""
    return [
        _readings(pack),
        _facts(pack),
        _events(pack),
        _conflicts(pack),
        *safeguards_of_pack(pack),
        _questions(pack),
        _withdrawn(pack),
        _texts(pack),
    ]


def _readings(pack: Pack) -> Section:
    table = Section(
        _("How open texts are read"),
        "",
        (_("Value"), _("Is"), _("Reading"), _("Text")),
        tuple(_reading_row(each, pack) for each in pack.parameters.values()),
    )
    return with_origin(table, pack, "parameters", list(pack.parameters))


def _reading_row(parameter: Parameter, pack: Pack) -> tuple[str, ...]:
    return (
        pick(parameter.label),
        lines(parameter_values_in_words(parameter, pack)),
        lines([pick(parameter.reading), *(pick(each.reading) for each in parameter.changes)]),
        lines(
            cited_in_words(source, pack)
            for source in (parameter.source, *(change.source for change in parameter.changes))
        ),
    )


def _facts(pack: Pack) -> Section:
    table = Section(
        _("What is asked"),
        _("Not knowing is an answer of its own and never taken for no."),
        (_("Fact"), _("Question"), _("How it can be shown"), _("Kind")),
        tuple(
            (pick(fact.label), pick(fact.question), pick(fact.evidence_how), _kind(fact))
            for fact in pack.facts.values()
        ),
    )
    return with_origin(table, pack, "facts", list(pack.facts))


def _kind(fact: FactDef) -> str:
    return _("of the person") if fact.kind == "person" else _("on record")


def _events(pack: Pack) -> Section:
    table = Section(
        _("Days on which law changes"),
        _("One event is one unknown, shared by every rule that names it."),
        (_("What happens"), _("Day"), _("Note"), _("Text"), _("Standing of the text")),
        tuple(
            (
                pick(each.title),
                lines([law_day_in_words(each.on), _after(each.after, pack)]),
                pick(each.note),
                cited_in_words(each.source, pack),
                source_standing_in_words(each.standing),
            )
            for each in pack.events.values()
        ),
    )
    return with_origin(table, pack, "events", list(pack.events))


def _after(event: str, pack: Pack) -> str:
    return _("not before: %(event)s") % {"event": pick(pack.events[event].title)} if event else ""


def _conflicts(pack: Pack) -> Section:
    shown = conflicts_of_pack(pack)
    table = Section(
        _("What stands against it"),
        "",
        (_("No."), _("Stands against"), _("Reported"), _("Against"), _("Weight"), _("Texts")),
        tuple(
            (
                as_written(each.id),
                strikes_in_words(each, pack),
                pick(each.reported),
                pick(each.conflict),
                weight_in_words(each.strength),
                lines(cited_in_words(source.id, pack) for source in each.sources),
            )
            for each in shown
        ),
    )
    return with_origin(table, pack, "conflicts", [each.id for each in shown])


def _questions(pack: Pack) -> Section:
    table = Section(
        _("Open questions for counsel"),
        _("No answer of the pack waits for these; each says what rests on it."),
        (_("No."), _("Question"), _("What was found"), _("What rests on it")),
        tuple(
            (
                as_written(each.id),
                pick(each.text),
                pick(each.why) or "—",
                lines(named_in_words(ident, pack) for ident in each.about),
            )
            for each in pack.questions
        ),
    )
    return with_origin(table, pack, "questions", [each.id for each in pack.questions])


def _withdrawn(pack: Pack) -> Section:
    return Section(
        _("Taken out of what it stands on"),
        "",
        (_("Entry"), _("Inherited from")),
        tuple(
            (as_written(name.partition("/")[2]), as_written(origin))
            for name, origin in pack.withdrawn.items()
        ),
    )


def _texts(pack: Pack) -> Section:
    citations = texts_of_pack(pack)
    table = Section(
        _("Texts"),
        _("Told in our own words, not in those of the law. A text reported or remembered is to be verified."),
        (
            _("No."),
            _("Text"),
            _("What it says, in our own words"),
            _("Weight"),
            _("Standing of the text"),
            _("Where read"),
        ),
        tuple(_text_row(number, citation, pack) for number, citation in enumerate(citations, 1)),
    )
    return with_origin(table, pack, "sources", [citation.partition("/")[0] for citation in citations])


def _text_row(number: int, citation: str, pack: Pack) -> tuple[str, ...]:
    ident, _slash, article = citation.partition("/")
    instrument = pack.sources[ident]
    return (
        as_written(f"T{number}"),
        text_in_words(citation, pack),
        lines([pick(instrument.articles.get(article)), pick(instrument.note)]) or "—",
        lines([weight_in_words(instrument.weight), listed(map(state_in_words, instrument.binding_on))]),
        standing_in_words_of(instrument) or "—",
        as_written(instrument.where_read),
    )
