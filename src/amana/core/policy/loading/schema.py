"""The layout of a pack on disk, and the strict reading of its entries: an unknown key is a fault, so is a
missing one.

The edge reads the files and hands them over as `path -> parsed content`; a CSV file is a list of rows
(heading -> text). Keys marked `?` may be left out. `texts` is `{en: ..., ar: ...}`, both always present.
`citation` is `instrument/article` or `instrument`, of this pack or of one it extends.

A pack that extends others inherits by id whatever they declare, worked cases aside; an entry of its own
takes the place of an inherited one under the same id, and `withdraws` takes inherited ones out. Safeguards
and conflicts can't be withdrawn.

pack.yaml
    id, title texts, jurisdiction, status, extends? [pack],
    withdraws? {rules? [id], gaps? [id], questions? [id]}, leap_day_birthday? mar-01|feb-28,
    approximate_years? number, note? texts, decisions? {id: decision}
    decision: title? texts, default outcome,
        outcomes {id: {en, ar, harsh?, actionable? true|never, description? texts,
        place? with_mother|state_home|camp|other}},
        interim [{id?, possible_any [outcome], handling texts, source citation}]
parameters.yaml?
    {id: {value number|code|[code], label texts, source? citation, reading? texts,
    changes? [{from (`event:id`, or a certain day), value, source? citation, reading? texts}]}}; a value is in
    force until the next change
facts.yaml?
    {name: {type date|boolean|code|integer, kind person|record, label texts, statement? texts,
    values? {code: texts} or [code], scheme? iso-3166-1-alpha-3,
    several? boolean (default: whether it has a scheme), past? boolean (default: true for birth),
    class, purpose, retention, question texts, evidence_how texts}}
sources.yaml?, sources/*.yaml?
    instruments? {id: {title texts, kind, weight? (default: kind), standing verified|reported|unknown,
    binding_on? [State], dated? EDTF, where_read?, articles? {article: texts}, note? texts}},
    events? {id: {on EDTF, standing, title texts, source? citation, where_read?, note? texts, after? event}}
    Every file holds these two tables. They are read as one: sources.yaml, then those of the folder by name;
    an id stands in one of them only
rules/*.yaml
    one rule or a list: id, decision, modality may|must|must_not, source citation,
    in_force? {from?, until?} (`event:id`, or a certain day), when condition, outcome, reason texts,
    exception_to? [rule], title? texts
gaps.yaml?
    [{id, decision, when condition, title texts, in_force?, accepted_by? name|null, route? texts,
    source? citation}]
conflicts.yaml?
    [{id, against {rules? [rule], outcomes? [outcome]}, reported texts, conflict texts,
    sources [citation], watched_by? [safeguard]}]; in a pack without decisions they name rules of the
    packs that extend it. Each safeguard it names that the same pack wrote names it in conflicts_with
questions.yaml?
    [{id, text texts, about [id of a rule, parameter, event, gap, conflict, fact, outcome, decision or
    instrument, or a citation], why? texts}]: open questions for counsel; they change no answer
records.yaml?, records/*.yaml?
    {kind: {title texts, class?, purpose?, retention?, facts {name: as in facts.yaml}}}: the kinds of record
    that safeguards watch. What a kind says of class, purpose and retention holds of its facts that don't
    say their own; `kind` of a fact may be left out (record). Names are told apart over all kinds; a fact
    that facts.yaml declares too is read as it stands there. Kind `person` is the person alone
    and comes first; else files are read as those of sources
safeguards/*.yaml?
    one or a list: id, title texts, asks texts, clears texts, severity breach|duty|warn, basis [citation],
    remedy? [{act, only_if? country_gate}], alerts? [role], blocks? boolean, waivable? boolean (true),
    conflicts_with? [conflict], in_force?; and either needs_records [kind], which nobody keeps yet, or
        watches kind, applies condition, alerts [role], age_in_doubt? open|youngest (open),
        judged_on? a date of the record (breach and warn only),
        counts_from? a date of the record since which it is so (breach and warn only),
        of breach and warn: breach condition,
        of duty: duty {start date fact, clock days|:parameter, when? condition, done? condition}, one or a
        list of which the first counts whose `when` holds; start + clock is the last day in time
    A condition reads the person's facts and those of the kind, and no outcome of a decision. One that is
    written over an inherited one keeps all it says and may only be stricter (conditions: more with OR)
safeguards/*.csv?
    ref, on, safeguard, one column for each fact, verdict, due? EDTF, needs, why?; a verdict is
    no_breach_found, breach, warn, duty_open, overdue or undetermined
cases/*.csv?
    ref, on, decision? (default: the only one), one column for each fact, outcome, rule, needs,
    possible?, why?

Other files (glossary.csv, forms/, letters/, intake/) hold no law and are not read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from amana.core.errors import REMARKS, Fault, FaultKind

LANGUAGES = ("en", "ar")
_IDENT = re.compile(r"\w[\w.-]*", re.ASCII)
_NO_ID = re.compile(r"entry \d+")
"""What an entry of a list without an id is called (`entries_of`)."""
STANDINGS = ("verified", "reported", "unknown")


class Faults:
    """Collects every fault of a pack."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, file: str, ident: str, reason: str, mend: str, kind: FaultKind = "form") -> None:
        """Notes one fault."""
        self.found.append(Fault(file, ident, reason, mend, kind))

    def graver(self, draft: bool) -> list[Fault]:
        """Those that refuse a pack: all but remarks, or of a draft those of form."""
        return [fault for fault in self.findings if fault.kind == "form" or not draft]

    @property
    def findings(self) -> list[Fault]:
        """Those that have to be mended, sorted."""
        return sorted(fault for fault in self.found if fault.kind not in REMARKS)

    @property
    def remarks(self) -> list[Fault]:
        """Those that a pack may stand with, sorted."""
        return sorted(fault for fault in self.found if fault.kind in REMARKS)


class Entry:
    """One mapping of a pack file, read key by key. `close` reports keys that nothing asked for. `pack`: the
    one it was inherited from; empty if it is the pack's own.
    """

    def __init__(self, file: str, ident: str, content: Any, faults: Faults, pack: str = "") -> None:
        self.file = file
        self.ident = ident
        self.faults = faults
        self.pack = pack
        self.sound = isinstance(content, Mapping)
        self.content: Mapping[str, Any] = content if isinstance(content, Mapping) else {}
        self.asked: set[str] = set()
        if not self.sound:
            self.fault("This must be a mapping of keys to values.", "Write key: value, one a line.")

    def fault(self, reason: str, mend: str) -> None:
        """Notes a fault of this entry."""
        self.sound = False
        self.faults.add(self.file, self.ident, reason, mend + inherited_mend(self.pack))

    def inner(self, content: Any, ident: str = "") -> Entry:
        """A mapping within this one; its faults are told of the same place."""
        return Entry(self.file, ident or self.ident, content, self.faults, self.pack)

    def take(self, key: str, required: bool = True) -> Any:
        """The raw value of a key; None if it is not there."""
        self.asked.add(key)
        value = self.content.get(key)
        if required and value in (None, "", [], {}):
            self.fault(f"The key “{key}” is missing or empty.", f"Write {key}: …")
        return value

    def text(self, key: str, required: bool = True) -> str:
        """A text; numbers and days are taken as they were written."""
        value = self.take(key, required)
        if value is None:
            return ""
        if isinstance(value, bool | Mapping | list):
            self.fault(f"“{key}” must be a text.", f"Write {key}: text")
            return ""
        return value.isoformat() if isinstance(value, date) else str(value)

    def choice(self, key: str, options: Sequence[str], default: str = "") -> str:
        """One of a few words."""
        value = self.text(key, required=not default) or default
        if value and value not in options:
            none = "Nothing of the kind is declared. Does pack.yaml say extends: [international]?"
            mend = f"Use one of: {', '.join(options)}." if options else none
            self.fault(f"“{key}: {value}” is not known.", mend)
        return value

    def flag(self, key: str, default: bool) -> bool:
        """A boolean."""
        value = self.take(key, required=False)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(f"“{key}” must be true or false.", f"Write {key}: true or {key}: false.")
        return bool(value)

    def ident_is_plain(self, *reserved: str) -> None:
        """An id is written into lists and citations: letters, digits, `_`, `-` and `.` only, and no word that
        an answer uses itself.
        """
        if _NO_ID.fullmatch(self.ident) and not self.content.get("id"):
            return  # whoever reads the entry tells that its id is missing
        if not _IDENT.fullmatch(self.ident):
            self.fault(
                "An id holds letters a to z, digits, _, - and . only.", "Rename it, for example adult-2018."
            )
        elif self.ident in reserved:
            self.fault(f"“{self.ident}” is a word that answers use themselves.", "Choose another id.")

    def texts(self, key: str, required: bool = True) -> Mapping[str, str]:
        """A text in every language of the pack."""
        value = self.take(key, required)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.fault(f"“{key}” must be given in each language.", f"Write {key}: {{en: …, ar: …}}")
            return {}
        return texts_of(value, key, self.fault)

    def names(self, key: str, required: bool = True) -> tuple[str, ...]:
        """A list of texts."""
        value = self.take(key, required)
        if value is None:
            return ()
        if not isinstance(value, list | tuple) or not all(isinstance(item, str | int) for item in value):
            self.fault(f"“{key}” must be a list of names.", f"Write {key}: [name, name]")
            return ()
        return tuple(str(item) for item in value)

    def table(self, key: str, required: bool = True) -> Mapping[str, Any]:
        """A mapping from ids to contents."""
        value = self.take(key, required)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            self.fault(
                f"“{key}” must be a mapping from ids to contents.", f"Write {key}: with one id a line below."
            )
            return {}
        return {str(name): content for name, content in value.items()}

    def rows(self, key: str, required: bool = True) -> list[Any]:
        """A list of contents."""
        value = self.take(key, required)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(f"“{key}” must be a list.", "Begin each item with a dash.")
            return []
        return value

    def close(self) -> bool:
        """Reports unknown keys; whether the whole entry is sound."""
        for key in self.content:
            if key not in self.asked:
                self.fault(f"The key “{key}” is not known here.", f"Use: {', '.join(sorted(self.asked))}.")
        return self.sound


def texts_of(value: Mapping[Any, Any], what: str, fault: Callable[[str, str], None]) -> Mapping[str, str]:
    """The texts by language; a missing language is a fault."""
    for language in LANGUAGES:
        if not isinstance(value.get(language), str) or not value[language].strip():
            fault(f"“{what}” has no text in “{language}”.", f"Add {language}: … beside the others.")
    return {str(language): str(text).strip() for language, text in value.items()}


def mapping_of(files: Mapping[str, Any], name: str, faults: Faults) -> Mapping[str, Any]:
    """The content of an optional file that must be a mapping."""
    content = files.get(name)
    if content is None:
        return {}
    if not isinstance(content, Mapping):
        faults.add(
            name, "file", "The file must be a mapping from ids to contents.", "Write id: with its keys below."
        )
        return {}
    return {str(key): value for key, value in content.items()}


def entries_of(files: Mapping[str, Any], names: Iterable[str], faults: Faults) -> list[Entry]:
    """The entries with an `id` of files that hold one of them or a list."""
    entries = []
    for name in names:
        content = files.get(name)
        for place, item in enumerate(content if isinstance(content, list) else [content], start=1):
            ident = str(item.get("id") or f"entry {place}") if isinstance(item, Mapping) else f"entry {place}"
            if content is not None:
                entries.append(Entry(name, ident, item, faults))
    return entries


def each_once(entries: Iterable[Entry], what: str) -> None:
    """Two entries of one id are a fault of the second, which names the file of the first."""
    seen: dict[str, str] = {}
    for entry in entries:
        if first := seen.get(entry.ident):
            where = f" in {first}" if first != entry.file else ""
            mend = f"Give each {what} an id of its own."
            entry.fault(f"There is another {what} “{entry.ident}”{where}.", mend)
        seen.setdefault(entry.ident, entry.file)


def list_entries(files: Mapping[str, Any], name: str, faults: Faults) -> list[Entry]:
    """The entries of a file that must be a list; none if it is not there."""
    if files.get(name) is None:
        return []
    if not isinstance(files[name], list):
        faults.add(name, "file", "The file must be a list.", "Begin each entry with a dash.")
        return []
    return entries_of(files, [name], faults)


def inherited_mend(pack: str) -> str:
    """What else mends a fault of an inherited entry."""
    return f" Or write it anew in this pack: it comes from “{pack}”." if pack else ""


def plain_content(content: Any) -> Any:
    """Content as plain data for hashing: days as text, keys as text, the order of keys without meaning."""
    if isinstance(content, Mapping):
        return {str(key): plain_content(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [plain_content(value) for value in content]
    return content.isoformat() if isinstance(content, date) else content
