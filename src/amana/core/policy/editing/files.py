"""The files of a pack while they are edited: finds entries, own and inherited, and writes into copies.

An inherited entry that is asked for to be changed is copied into the pack's own files first. Faults are
collected as (field, file, id, reason, mend), never raised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from amana.core.dates import DateSpan, parse_edtf
from amana.core.errors import InvalidDate
from amana.core.policy.loading.layers import files_of
from amana.core.policy.loading.schema import LANGUAGES
from amana.core.policy.model import Pack

EVENT = "event:"
TABLES = {"parameters": "parameters.yaml", "events": "sources.yaml", "instruments": "sources.yaml"}
"""Where the entries of a kind stand as a mapping from ids to contents; those of sources.yaml may stand in
files of the folder `sources` too.
"""


class EditedFiles:
    """A copy of a pack's parsed files, to be changed; `extends` are the packs beneath."""

    def __init__(self, files: Mapping[str, Any], extends: Sequence[Pack]) -> None:
        self.files: dict[str, Any] = deepcopy(dict(files))
        self.extends = extends
        self.faults: list[tuple[str, str, str, str, str]] = []

    def fault(self, field: str, file: str, ident: str, reason: str, mend: str) -> None:
        """Notes one fault; `field` is the key of the edit's content it lies in."""
        self.faults.append((field, file or "edit", ident or "edit", reason, mend))

    def refuse_verified(self, file: str, ident: str) -> None:
        """Whether a text was read and found so is not for software to say."""
        reason = "“standing: verified” takes counsel who has read the text; it can't be said in an edit."
        self.fault("standing", file, ident, reason, "Use reported or unknown.")

    def require(
        self, content: Mapping[str, Any], key: str, file: str, ident: str, *, texts: bool = False
    ) -> None:
        """A key must be there; `texts`: in every language."""
        value = content.get(key)
        if value in (None, "", [], {}):
            self.fault(key, file, ident, f"The key “{key}” is missing or empty.", f"Write {key}: …")
            return
        missing = [] if not texts else [each for each in LANGUAGES if not _text(value, each)]
        for language in missing:
            self.fault(
                key, file, ident, f"“{key}” has no text in “{language}”.",
                f"Add {language}: … beside the others.",
            )  # fmt: skip

    def last_day(self, bound: str) -> date | None:
        """The last day on which a bound can fall: a certain day, or the end of an event; None where it has
        none.
        """
        span = self._span(bound)
        return span.latest if span else None

    def first_day(self, bound: str) -> date | None:
        """The first day on which a bound can fall, as `last_day`."""
        span = self._span(bound)
        return span.earliest if span else None

    def _span(self, bound: str) -> DateSpan | None:
        on = bound
        if bound.startswith(EVENT):
            ident = bound.removeprefix(EVENT)
            event = self.own("events").get(ident) or self._inherited("events", ident) or {}
            on = str(event.get("on") or "")
        try:
            return parse_edtf(on, self._approximate_years())
        except InvalidDate:
            return None

    def _approximate_years(self) -> int:
        own = (self.files.get("pack.yaml") or {}).get("approximate_years")
        inherited = max((pack.approximate_years for pack in self.extends), default=1)
        return own if isinstance(own, int) else inherited

    def unreview(self) -> None:
        """What counsel reviewed is no longer what stands here."""
        head = self.files.get("pack.yaml")
        if isinstance(head, dict):
            head["status"] = "unreviewed"

    def table_entry(self, kind: str, ident: str) -> dict[str, Any] | None:
        """The entry of a parameter or event, to be changed; a fault and None where there is none."""
        own = self.table(kind, ident)
        if ident not in own:
            inherited = self._inherited(kind, ident)
            if inherited is None:
                known = ", ".join(sorted(self.known(kind))) or "none"
                reason = f"“{ident}” is none of the pack's {kind}."
                self.fault("target", self.table_file(kind, ident), ident, reason, f"Use one of: {known}.")
                return None
            own[ident] = deepcopy(inherited)
        entry: dict[str, Any] = own[ident]
        return entry

    def table(self, kind: str, ident: str) -> dict[str, Any]:
        """The pack's own entries of a kind that stand beside `ident`, to be changed; a new one stands in the
        single file.
        """
        file = self.table_file(kind, ident)
        content = self.files.get(file)
        if content is None:
            content = self.files[file] = {}
        if kind == "parameters":
            found: dict[str, Any] = content
            return found
        if content.get(kind) is None:
            content[kind] = {}
        inner: dict[str, Any] = content[kind]
        return inner

    def table_file(self, kind: str, ident: str) -> str:
        """The file in which an entry of the pack's own stands, or would be written."""
        return next((file for file, table in self._tables(kind) if ident in table), TABLES[kind])

    def own(self, kind: str) -> dict[str, Any]:
        """The pack's own entries of a kind out of all its files, to be read."""
        return {ident: entry for _, table in self._tables(kind) for ident, entry in table.items()}

    def _tables(self, kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Each file that holds entries of a kind, with its table."""
        for file in files_of(self.files, TABLES[kind].removesuffix(".yaml")):
            content = self.files[file] or {}
            yield file, content if kind == "parameters" else content.get(kind) or {}

    def known(self, kind: str) -> set[str]:
        """The ids of a kind, own and inherited."""
        return set(self.own(kind)) | {
            ident for pack in self.extends for ident in pack.entries.get(_LAYER.get(kind, kind), {})
        }

    def inherited_instrument(self, ident: str) -> dict[str, Any] | None:
        """An instrument of a pack beneath."""
        return self._inherited("instruments", ident)

    def _inherited(self, kind: str, ident: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = None
        for pack in self.extends:
            placed = pack.entries.get(_LAYER.get(kind, kind), {}).get(ident)
            found = dict(placed.content) if placed is not None else found
        return found

    def _rules(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for file, content in self.files.items():
            if file.startswith("rules/"):
                entries = content if isinstance(content, list) else [content]
                yield from ((file, entry) for entry in entries if isinstance(entry, dict))

    def has_rule(self, ident: str) -> bool:
        """Whether a rule of that id is there, own or inherited."""
        own = any(entry.get("id") == ident for _, entry in self._rules())
        return own or self._inherited("rules", ident) is not None

    def file_of(self, ident: str) -> str:
        """The file of a rule."""
        return next(
            (file for file, entry in self._rules() if entry.get("id") == ident), f"rules/{ident}.yaml"
        )

    def rule(self, ident: str) -> dict[str, Any] | None:
        """A rule to be changed; a fault and None where there is none."""
        for _, entry in self._rules():
            if entry.get("id") == ident:
                return entry
        inherited = self._inherited("rules", ident)
        if inherited is None:
            own = {str(entry.get("id")) for _, entry in self._rules()}
            known = own | {name for pack in self.extends for name in pack.entries.get("rules", {})}
            reason = f"“{ident}” is no rule of the pack."
            self.fault(
                "target", f"rules/{ident}.yaml", ident, reason, f"Use one of: {', '.join(sorted(known))}."
            )
            return None
        return self.add_rule(f"rules/{ident}.yaml", inherited)

    def add_rule(self, file: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        """Keeps a rule in a file of its own."""
        stem, number = file.removesuffix(".yaml"), 1
        while file in self.files:
            number += 1
            file = f"{stem}-{number}.yaml"
        added: dict[str, Any] = deepcopy(dict(entry))
        self.files[file] = added
        return added

    def listed(self, kind: str, ident: str) -> dict[str, Any] | None:
        """A gap or conflict (`gaps`, `conflicts`) to be changed; None where there is none."""
        own: list[dict[str, Any]] = self.files.setdefault(f"{kind}.yaml", [])
        found = next((entry for entry in own if entry.get("id") == ident), None)
        inherited = self._inherited(kind, ident) if found is None else None
        if inherited is not None:
            found = deepcopy(inherited)
            own.append(found)
        return found

    def succeed(self, old: str, new: str) -> None:
        """What is said of a rule holds of its successor too: exceptions to it, and conflicts with other
        law, which nobody sheds by a new name.
        """
        for name in self._naming(old):
            rule = self.rule(name)
            if rule is not None and rule.get("id") != new:
                rule["exception_to"] = [*rule["exception_to"], new]
        for conflict in self._conflicts():
            against = dict(conflict.get("against") or {})
            if old in (against.get("rules") or []):
                conflict["against"] = against | {"rules": [*against["rules"], new]}
                self._keep_conflict(conflict)

    def _naming(self, old: str) -> list[str]:
        """The rules that are exceptions to one, own and inherited."""
        own = {str(entry.get("id")): entry for _, entry in self._rules()}
        beneath = {
            name: placed.content
            for pack in self.extends
            for name, placed in pack.entries.get("rules", {}).items()
        }
        return [name for name, entry in (beneath | own).items() if old in (entry.get("exception_to") or [])]

    def _conflicts(self) -> list[dict[str, Any]]:
        """Copies of all conflicts, own ones over inherited ones."""
        found = {
            name: dict(placed.content)
            for pack in self.extends
            for name, placed in pack.entries.get("conflicts", {}).items()
        }
        found |= {str(entry.get("id")): dict(entry) for entry in self.files.get("conflicts.yaml") or []}
        return list(found.values())

    def _keep_conflict(self, conflict: dict[str, Any]) -> None:
        own = self.files.setdefault("conflicts.yaml", [])
        for place, entry in enumerate(own):
            if entry.get("id") == conflict.get("id"):
                own[place] = conflict
                return
        own.append(conflict)


_LAYER = {"instruments": "sources"}


def _text(value: Any, language: str) -> str:
    text = value.get(language) if isinstance(value, Mapping) else None
    return text.strip() if isinstance(text, str) else ""
