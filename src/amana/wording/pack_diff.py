"""What differs between two packs, in the words of the packs' own document and in its form.

Each key that differs stands on a row with what it was and what it is; worked cases are only counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from amana.core.policy import Pack
from amana.core.policy.diff import CASES, ChangeKind, EntryChange, FieldChange, PackDiff, pack_diff
from amana.wording.languages import as_written, listed, pick
from amana.wording.pack_document import PackTable, Section, taken_place
from amana.wording.pack_values import ABSENT, field_in_words, plain_in_words, value_in_words_of
from amana.wording.pack_words import lines, named_in_words
from amana.wording.terms import status_in_words

SUMMARY = {
    "rules": ("when", "outcome", "modality", "in_force", "reason", "source"),
    "parameters": ("value", "reading", "source"),
    "gaps": ("when", "in_force", "route"),
    "events": ("on", "note"),
    "facts": ("question",),
    "conflicts": ("reported", "conflict"),
    "questions": ("text", "why"),
    "sources": ("weight", "standing", "where_read"),
    "decisions": ("title",),
    "records": ("title",),
    "safeguards": ("asks", "watches", "severity", "applies", "breach", "duty", "clears", "basis"),
}
"""What is told of an entry that stands on one side only."""


def diff_table(before: Pack, after: Pack) -> PackTable:
    """The difference of two packs as a document; equal packs say so."""
    found = pack_diff(before, after)
    packs = {"before": pick(before.title), "after": pick(after.title)}
    told = [
        _("Before: %(title)s, %(id)s, version %(hash)s") % _named(before),
        _("After: %(title)s, %(id)s, version %(hash)s") % _named(after),
    ]
    status = _("Nothing differs: every entry says the same.") if found.equal else _counted(found)
    sections = [_head(found, before, after), *(_of_kind(kind, found, before, after) for kind in _kinds())]
    return PackTable(
        _("What differs: %(before)s and %(after)s") % packs,
        status,
        tuple(told),
        tuple(section for section in (*sections, _cases(found)) if section.rows),
    )


def _named(pack: Pack) -> dict[str, str]:
    return {"title": pick(pack.title), "id": as_written(pack.id), "hash": as_written(pack.hash[:12])}


def _counted(found: PackDiff) -> str:
    entries = Counter(entry.change for entry in found.entries if entry.kind != CASES)
    told = [f"{word}: {entries[change]}" for change, word in _change_words().items() if entries[change]]
    return _("Entries: %(counts)s.") % {"counts": listed(told)} if told else _("No entry of the law differs.")


def _change_words() -> dict[ChangeKind, str]:
    return {"added": _("added"), "removed": _("removed"), "changed": _("changed")}


def _change_heading() -> str:
    return pgettext("heading of a list of differences", "Change")


def _kinds() -> dict[str, str]:
    return {
        "decisions": _("Decisions and their answers"),
        "rules": _("Rules"),
        "parameters": _("How open texts are read"),
        "gaps": _("Where no rule speaks"),
        "events": _("Days on which law changes"),
        "facts": _("What is asked"),
        "conflicts": _("What stands against it"),
        "safeguards": _("Safeguards"),
        "records": _("What safeguards read"),
        "questions": _("Open questions for counsel"),
        "sources": _("Texts"),
    }


def _head(found: PackDiff, before: Pack, after: Pack) -> Section:
    rows = tuple(
        (
            field_in_words(each.key),
            _head_value(each.key, each.before, before),
            _head_value(each.key, each.after, after),
        )
        for each in found.head
    )
    return Section(_("The pack itself"), "", (_("What"), _("Before"), _("After")), rows)


def _head_value(key: str, value: Any, pack: Pack) -> str:
    if key == "facts":
        return listed(named_in_words(name, pack) for name in value)
    return status_in_words(value) if key == "status" else plain_in_words(value)


def _of_kind(kind: str, found: PackDiff, before: Pack, after: Pack) -> Section:
    rows = tuple(row for entry in found.of(kind) for row in _rows(entry, before, after))
    return Section(
        _kinds()[kind],
        "",
        (
            _change_heading(),
            _("Entry"),
            _("What"),
            _("Before"),
            _("After"),
        ),
        rows,
    )


def _rows(entry: EntryChange, before: Pack, after: Pack) -> Iterator[tuple[str, ...]]:
    word = _change_words()[entry.change]
    if entry.change == "removed":
        yield word, _entry(entry, before), "", _summary(entry, before), ABSENT
    elif entry.change == "added":
        yield word, _entry(entry, after), "", ABSENT, _summary(entry, after)
    for field in _told(entry):
        was, now = (
            value_in_words_of(entry.kind, entry.id, field.key, value, pack)
            for value, pack in ((field.before, before), (field.after, after))
        )
        told = _what(field.key, after)
        if was == now and _in_languages(field):
            told = _("%(field)s (in another language)") % {"field": told}
        yield word, _entry(entry, after), told, was, now


def _told(entry: EntryChange) -> list[FieldChange]:
    """The keys of a changed entry; a value and its later changes are one."""
    keys = {field.key for field in entry.fields}
    return [each for each in entry.fields if each.key != "changes" or "value" not in keys]


def _what(key: str, pack: Pack) -> str:
    """What a key is called; of an answer, which."""
    table, _slash, name = key.partition("/")
    if table != "outcomes":
        return field_in_words(key)
    return _("%(field)s: %(entry)s") % {"field": field_in_words(table), "entry": named_in_words(name, pack)}


def _in_languages(field: FieldChange) -> bool:
    return isinstance(field.before, Mapping) and isinstance(field.after, Mapping)


def _entry(entry: EntryChange, pack: Pack) -> str:
    read_by = listed(as_written(name) for name in entry.read_by)
    return lines(
        [
            _name(entry, pack),
            _("read by %(rules)s") % {"rules": read_by} if read_by else "",
            taken_place(entry.replaces),
        ]
    )


def _name(entry: EntryChange, pack: Pack) -> str:
    if entry.kind == "sources":
        return pick(pack.sources[entry.id].title)
    if entry.kind == "safeguards":
        return lines([as_written(entry.id), pick(pack.safeguards[entry.id].title)])
    return as_written(entry.id) if entry.kind == "rules" else named_in_words(entry.id, pack)


def _summary(entry: EntryChange, pack: Pack) -> str:
    """An entry that is only on one side, in a few lines."""
    content = pack.entries[entry.kind][entry.id].content
    return lines(
        f"{field_in_words(key)}: {value_in_words_of(entry.kind, entry.id, key, content.get(key), pack)}"
        for key in SUMMARY[entry.kind]
        if key in content
    )


def _cases(found: PackDiff) -> Section:
    counts = Counter(entry.change for entry in found.of(CASES))
    rows = tuple(
        (
            word,
            ngettext("%(count)s worked case", "%(count)s worked cases", counts[change])
            % {"count": counts[change]},
        )
        for change, word in _change_words().items()
        if counts[change]
    )
    return Section(_("Worked cases"), "", (_change_heading(), _("How many")), rows)
