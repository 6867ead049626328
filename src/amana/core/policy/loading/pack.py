"""Builds a pack from the parsed content of its files, or says everything that is wrong with it.

Knows no file system: the edge reads the files. The layout stands in `schema`. Everything that can be
judged is judged before a pack is refused: `PackFaults` holds every fault with its file, the id, the
reason and the mend.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from amana.core.dates import LEAP_DAYS, LeapDay
from amana.core.errors import PackFaults
from amana.core.policy.checks import check_code_groups, check_engine, check_gap_facts
from amana.core.policy.engine import Engine
from amana.core.policy.loading.beside import (
    check_watched,
    read_cases,
    read_conflicts,
    read_safeguard_cases,
)
from amana.core.policy.loading.decisions import read_decisions
from amana.core.policy.loading.layers import Layers, files_of, lay
from amana.core.policy.loading.parameters import read_parameters
from amana.core.policy.loading.parts import (
    read_events,
    read_facts,
    read_instruments,
)
from amana.core.policy.loading.questions import read_questions
from amana.core.policy.loading.records import read_records
from amana.core.policy.loading.rules import Known, read_gaps, read_rules
from amana.core.policy.loading.safeguards import Watchable, read_safeguards
from amana.core.policy.loading.schema import Entry, Faults, plain_content
from amana.core.policy.loading.stricter import check_stricter
from amana.core.policy.model import Case, FactDef, Pack, Rule
from amana.core.policy.remarks import remark_on_safeguards, remark_on_texts, remark_on_values
from amana.core.safeguards.evaluation import Watching
from amana.core.safeguards.lowering import watch_pack
from amana.core.safeguards.model import Safeguard, SafeguardCase

_Setting = TypeVar("_Setting")
_SINGLE = (
    "pack.yaml",
    "parameters.yaml",
    "facts.yaml",
    "sources.yaml",
    "gaps.yaml",
    "conflicts.yaml",
    "questions.yaml",
    "records.yaml",
    "glossary.csv",
)
_FOLDERS: dict[str, str | tuple[str, ...]] = {
    "rules": ".yaml",
    "sources": ".yaml",
    "records": ".yaml",
    "safeguards": (".yaml", ".csv"),
    "cases": ".csv",
    "forms": "",
    "letters": "",
    "intake": "",
}


def build_pack(files: Mapping[str, Any], extends: Sequence[Pack] = (), *, draft: bool = False) -> Pack:
    """The pack of these files (relative path -> parsed content), standing on the packs it extends.

    A draft may have gaps, conflicts between rules, and outcomes without interim handling: they stand in its
    `findings`, and where two rules conflict both outcomes are possible. Raises `PackFaults` with every fault
    found.
    """
    faults = Faults()
    _check_names(files, faults)
    head = Entry("pack.yaml", "pack", files.get("pack.yaml"), faults)
    layers = lay(files, head, extends, faults)
    pack, watched = _read_pack(files, head, layers, extends, faults)
    _check_extends(head, extends)
    head.close()
    engines = {} if faults.graver(draft) else _engines(pack)
    for engine in engines.values():
        check_engine(engine, faults)
    if faults.graver(draft):
        raise PackFaults(pack.id or "pack", faults.findings)
    remark_on_texts(pack.rules.values(), pack.gaps, pack.parameters, faults)
    remark_on_safeguards(pack.safeguards, watched.rules, pack.parameters, faults)
    remark_on_values(pack, watched.rules, extends, faults)
    findings, remarks = tuple(faults.findings), tuple(faults.remarks)
    built = replace(pack, engines=engines, findings=findings, remarks=remarks)
    return _watching(built, watched)


@dataclass(frozen=True)
class _Watched:
    """What safeguards say as rules, and the facts that they may read."""

    facts: Mapping[str, FactDef]
    rules: Mapping[str, tuple[Rule, ...]]


def _watching(pack: Pack, watched: _Watched) -> Pack:
    """The pack with its safeguards ready to find."""
    if not watched.rules:
        return pack
    watch = watch_pack(pack, watched.facts, watched.rules)
    return replace(pack, watch=watch, watching=Watching(watch))


def _read_pack(
    files: Mapping[str, Any], head: Entry, layers: Layers, extends: Sequence[Pack], faults: Faults
) -> tuple[Pack, _Watched]:
    """All that the files say, without engines. Faults are collected."""
    known = _known(layers, _years(head, extends))
    kinds, facts = read_records(layers.of("records"), known.facts)
    safeguards, watched = read_safeguards(layers.of("safeguards"), Watchable(known, kinds, facts))
    check_stricter(layers.of("safeguards"), safeguards, extends)
    check_watched(layers.of("conflicts"), layers.entries["safeguards"])
    rules = read_rules(layers.of("rules"), known)
    gaps = read_gaps(layers.of("gaps"), known)
    check_gap_facts(rules, gaps, faults)
    check_code_groups(rules, known.facts, faults)
    for found in watched.values():
        check_code_groups({rule.id: rule for rule in found}, facts, faults)
    pack = Pack(
        id=layers.ident,
        title=head.texts("title"),
        jurisdiction=head.text("jurisdiction"),
        status=head.text("status"),
        hash=_hash(files, extends, layers),
        parameters=known.parameters,
        facts=known.facts,
        sources=known.sources,
        events=known.events,
        rules=rules,
        decisions=known.decisions,
        conflicts=read_conflicts(layers.of("conflicts"), known, rules),
        gaps=gaps,
        cases=_cases(files, known, faults),
        leap_day=_leap_day(head, extends),
        approximate_years=known.approximate_years,
        extends=tuple(parent.id for parent in extends),
        questions=read_questions(layers.of("questions"), _named(layers, known), known.sources),
        entries=layers.placed(),
        withdrawn=layers.withdrawn,
        note=head.texts("note", required=False),
        engines={},
        safeguards=safeguards,
        records=kinds,
        safeguard_cases=_safeguard_cases(files, safeguards, facts, faults),
    )
    return pack, _Watched(facts, watched)


def _known(layers: Layers, years: int) -> Known:
    """What rules may refer to, each read in the light of what was read before."""
    sources = read_instruments(layers.of("sources"))
    events = read_events(layers.of("events"), sources, years)
    return Known(
        parameters=read_parameters(layers.of("parameters"), sources, events),
        facts=read_facts(layers.of("facts")),
        sources=sources,
        events=events,
        decisions=read_decisions(layers.of("decisions"), sources),
        approximate_years=years,
    )


def _named(layers: Layers, known: Known) -> frozenset[str]:
    """Every id that a question for counsel may be about."""
    outcomes = (name for decision in known.decisions.values() for name in decision.outcomes)
    return frozenset([*(ident for found in layers.entries.values() for ident in found), *outcomes])


def _cases(files: Mapping[str, Any], known: Known, faults: Faults) -> tuple[Case, ...]:
    """The worked cases; left unread while facts or decisions have faults, which every case would repeat."""
    if {fault.file for fault in faults.found} & {"pack.yaml", "facts.yaml"}:
        return ()
    return read_cases(files, known, faults)


def _safeguard_cases(
    files: Mapping[str, Any],
    safeguards: Mapping[str, Safeguard],
    facts: Mapping[str, FactDef],
    faults: Faults,
) -> tuple[SafeguardCase, ...]:
    """The worked cases of safeguards; left unread while facts or safeguards have faults."""
    faulty = {fault.file for fault in faults.found}
    if faulty & {"facts.yaml", *files_of(files, "records")}:
        return ()
    if any(name.startswith("safeguards/") for name in faulty):
        return ()
    return read_safeguard_cases(files, safeguards, facts, faults)


def _engines(pack: Pack) -> dict[str, Engine]:
    return {
        name: Engine(
            decision,
            [rule for rule in pack.rules.values() if rule.decision == name],
            [gap for gap in pack.gaps if gap.decision == name],
            pack.facts,
            pack.events,
            leap_day=pack.leap_day,
        )
        for name, decision in pack.decisions.items()
    }


def _leap_day(head: Entry, extends: Sequence[Pack]) -> LeapDay:
    inherited = _inherited(head, "leap_day_birthday", {pack.leap_day for pack in extends if pack.decisions})
    return cast(LeapDay, head.choice("leap_day_birthday", LEAP_DAYS, default=inherited or "mar-01"))


def _years(head: Entry, extends: Sequence[Pack]) -> int:
    years = {pack.approximate_years for pack in extends if pack.decisions}
    inherited = _inherited(head, "approximate_years", years)
    value = head.take("approximate_years", required=False)
    if value is None:
        return 1 if inherited is None else inherited
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        head.fault("“approximate_years” must be a whole number of years.", "Write approximate_years: 1")
        return 1
    return value


def _inherited(head: Entry, key: str, said: Set[_Setting]) -> _Setting | None:
    """What the packs beneath that decide say; if they disagree, this pack must say it."""
    if len(said) > 1 and head.content.get(key) is None:
        said_so = ", ".join(sorted(str(value) for value in said))
        head.fault(f"The packs it extends differ on “{key}” ({said_so}).", f"Write {key} in this pack.")
    return next(iter(said), None)


def _check_extends(head: Entry, extends: Sequence[Pack]) -> None:
    given = {pack.id for pack in extends}
    for name in head.names("extends", required=False):
        if name not in given:
            head.fault(
                f"It extends “{name}”, which was not found.", "Give the pack of that id along with it."
            )


def _check_names(files: Mapping[str, Any], faults: Faults) -> None:
    for name, content in files.items():
        if content is None or (name.endswith(".csv") and not content):
            faults.add(name, "file", "The file holds nothing.", "Fill it, or take it out.")
        folder, slash, _ = name.partition("/")
        if name not in _SINGLE and not (slash and folder in _FOLDERS and name.endswith(_FOLDERS[folder])):
            mend = f"Use: {', '.join(_SINGLE)}; sources/*.yaml, records/*.yaml, rules/*.yaml, "
            mend += "safeguards/*.yaml and *.csv, cases/*.csv."
            faults.add(name, "file", "A pack has no file of this name.", mend)


def _hash(files: Mapping[str, Any], extends: Sequence[Pack], layers: Layers) -> str:
    """SHA-256 over the content of the files and the hashes of the packs beneath. The order of files and keys
    is no content, but for facts, also of records, and events: it settles which of two is asked for.
    """
    content = {
        "files": plain_content(files),
        "extends": [pack.hash for pack in extends],
        "order": [list(layers.entries[kind]) for kind in ("facts", "events")],
    }
    if layers.entries["records"]:
        content["records"] = [
            [kind, *entry.table("facts", required=False)] for kind, entry in layers.entries["records"].items()
        ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
