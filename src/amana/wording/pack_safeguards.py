"""The safeguards of a pack as tables: what each asks, of what, when it is broken or by when it is owed, its
texts and what clears it; those that wait for records; and what is kept on record for them.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from amana.core.policy import Pack
from amana.core.policy.model import FactDef
from amana.core.safeguards import Safeguard
from amana.wording.findings import (
    acts_in_words,
    applies_in_words,
    broken_in_words,
    severity_in_words,
    told_in_words,
    watched_in_words,
)
from amana.wording.languages import as_written, listed, pick
from amana.wording.pack_document import Section, with_origin
from amana.wording.pack_words import (
    backing_in_words,
    cited_in_words,
    facts_of_pack,
    lines,
    period_in_words,
    questions_about,
)
from amana.wording.record_kinds import record_kind_in_words
from amana.wording.terms import weight_in_words


def safeguards_of_pack(pack: Pack) -> list[Section]:
    """The sections about safeguards; without rows where the pack has none."""
    return [_alive(pack), _waiting(pack), _records(pack)]


def _alive(pack: Pack) -> Section:
    shown = [each for each in pack.safeguards.values() if each.alive]
    table = Section(
        _("Safeguards"),
        _(
            "What is watched day by day. Where a fact is not known the answer is undetermined, never “no "
            "breach found”."
        ),
        (
            _("No."),
            _("What must hold"),
            _("Of what"),
            _("Broken, or owed"),
            _("What clears it"),
            _("Texts, their weight and standing"),
        ),
        tuple(_alive_row(each, pack) for each in shown),
    )
    return with_origin(table, pack, "safeguards", [each.id for each in shown])


def _alive_row(safeguard: Safeguard, pack: Pack) -> tuple[str, ...]:
    in_force = safeguard.in_force.text
    return (
        as_written(safeguard.id),
        lines([pick(safeguard.title), pick(safeguard.asks)]),
        lines([watched_in_words(safeguard, pack), *_joined(applies_in_words(safeguard, pack))]),
        lines(
            [
                severity_in_words(safeguard.severity),
                *_broken(safeguard, pack),
                _in_doubt(safeguard),
                _judged_on(safeguard, pack),
                _counts_from(safeguard, pack),
                period_in_words(safeguard.in_force, pack) if in_force else "",
            ]
        ),
        lines([pick(safeguard.clears), *acts_in_words(safeguard.remedy), *_limits(safeguard)]),
        lines([*_texts(safeguard, pack), *_beside(safeguard, pack)]),
    )


def _broken(safeguard: Safeguard, pack: Pack) -> list[str]:
    told = broken_in_words(safeguard, pack)
    return told if safeguard.duties else _joined(told)


def _joined(conditions: list[str]) -> list[str]:
    """Conditions that must hold together, one a line."""
    return [*conditions[:1], *(_("and %(condition)s") % {"condition": each} for each in conditions[1:])]


def _in_doubt(safeguard: Safeguard) -> str:
    if safeguard.age_in_doubt != "youngest":
        return ""
    return _("Where an age is in doubt, the youngest possible counts.")


def _judged_on(safeguard: Safeguard, pack: Pack) -> str:
    if not safeguard.judged_on:
        return ""
    fact = facts_of_pack(pack)[safeguard.judged_on]
    return _("Law and age are those of the day: %(day)s.") % {"day": pick(fact.label)}


def _counts_from(safeguard: Safeguard, pack: Pack) -> str:
    if not safeguard.counts_from:
        return ""
    fact = facts_of_pack(pack)[safeguard.counts_from]
    return _("What it finds is so since the day: %(day)s.") % {"day": pick(fact.label)}


def _limits(safeguard: Safeguard) -> list[str]:
    told = [_("Told: %(roles)s.") % {"roles": told_in_words(safeguard)}] if safeguard.alerts else []
    if safeguard.blocks:
        told.append(_("A planned act can't be carried out while this is broken or undetermined."))
    if not safeguard.waivable:
        told.append(_("Nobody can waive it."))
    return told


def _texts(safeguard: Safeguard, pack: Pack) -> list[str]:
    """Each text with its weight and standing; the strongest gives the safeguard its own."""
    return [
        line
        for source in safeguard.basis
        for line in (cited_in_words(source.id, pack), backing_in_words(source.id, pack))
    ]


def _beside(safeguard: Safeguard, pack: Pack) -> list[str]:
    """What it watches among the conflicts, and the questions that are open about it."""
    conflicts = listed(as_written(each) for each in safeguard.conflicts_with)
    asked = questions_about(safeguard.id, pack)
    return [
        _("It watches the conflicts: %(conflicts)s") % {"conflicts": conflicts} if conflicts else "",
        _("Open questions: %(questions)s") % {"questions": asked} if asked else "",
    ]


def _waiting(pack: Pack) -> Section:
    shown = [
        each
        for each in pack.safeguards.values()
        if not each.alive and pack.origin("safeguards", each.id) == pack.id
    ]
    return Section(
        _("Safeguards that wait for records"),
        _("Nobody is watched by these yet. Each says which records it needs."),
        (_("No."), _("What must hold"), _("Waits for"), _("Weight"), _("Texts")),
        tuple(
            (
                as_written(each.id),
                lines([pick(each.title), pick(each.asks)]),
                listed(record_kind_in_words(kind, pack) for kind in each.needs_records),
                weight_in_words(each.weight),
                lines(cited_in_words(source.id, pack) for source in each.basis),
            )
            for each in shown
        ),
    )


def _records(pack: Pack) -> Section:
    """What is kept on record, of the kinds that this pack wrote itself."""
    own = [each for each in pack.records.values() if pack.origin("records", each.id) == pack.id]
    facts = facts_of_pack(pack)
    return Section(
        _("What safeguards read"),
        _("Of a record, blank means: not on record. Of a person, blank means: not known."),
        (_("Record"), _("Fact"), _("Values"), _("Question"), _("Kind")),
        tuple(
            (
                lines([pick(kind.title), as_written(kind.id)]),
                lines([pick(facts[name].label), as_written(name)]),
                lines(_values(facts[name])),
                pick(facts[name].question),
                _("of the person") if facts[name].kind == "person" else _("on record"),
            )
            for kind in own
            for name in kind.facts
        ),
    )


def _values(fact: FactDef) -> list[str]:
    """What a fact may be, as conditions and lists write it."""
    plain = {"date": _("a date"), "boolean": as_written("true / false"), "integer": _("a whole number")}
    told = [plain[fact.type]] if fact.type in plain else []
    told += [as_written(fact.scheme)] if fact.scheme else []
    told += [
        _("%(code)s: %(words)s") % {"code": as_written(code), "words": pick(words)}
        if words
        else as_written(code)
        for code, words in fact.values.items()
    ]
    return [*told, _("several may hold at once")] if fact.several else told
