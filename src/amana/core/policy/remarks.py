"""What a reader of a pack should look at, though the pack may stand: a rule that never answers anybody, a
text that names a number which changes with the law, a value written anew that inherited safeguards read.

Remarks are faults of kind `idle`, `stale` and `anew`: they refuse nothing and keep no proposal from being
adopted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from amana.core.policy.grid import Grid
from amana.core.policy.loading.schema import Faults
from amana.core.policy.model import Gap, Pack, Parameter, Rule, Texts
from amana.core.policy.nodes import Node, Test, leaves
from amana.core.safeguards.model import Safeguard

_SMALL = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty"
)
_WORDS = {word: number for number, word in enumerate(_SMALL.split("|"))}
_TOLD = re.compile(rf"\d+|\b(?:{_SMALL})\b", re.IGNORECASE)


class Answering:
    """Which rules of a decision have been seen to hold for anybody, and to win."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.never_held = {rule.id: rule for rule in rules}
        self.never_won = dict(self.never_held)
        self.defeated_by: dict[str, set[str]] = {}

    def see(self, grid: Grid, state: int) -> None:
        """Looks at one way in which the axes are cut."""
        for found in grid.rules:
            name = found.rule.id
            if found.holds & state:
                self.never_held.pop(name, None)
            if found.stands & state:
                self.never_won.pop(name, None)
            elif name in self.never_won and found.holds & state:
                self.defeated_by.setdefault(name, set()).update(
                    other.rule.id for other in grid.rules if other.stands & found.holds & state
                )

    def tell(self, faults: Faults) -> None:
        """Remarks on every rule that never held, or never won."""
        for name, rule in self.never_won.items():
            if name in self.never_held:
                reason = "It never holds: on no day does anybody meet its condition."
                mend = "Correct its condition or in_force, or take it out."
            else:
                others = ", ".join(sorted(self.defeated_by[name]))
                reason = f"It never decides: wherever it holds, it gives way ({others})."
                mend = "Take it out, or say which rule it is an exception_to."
            faults.add(rule.file, name, reason, mend, "idle")


def remark_on_texts(
    rules: Iterable[Rule], gaps: Iterable[Gap], parameters: Mapping[str, Parameter], faults: Faults
) -> None:
    """Remarks on reasons of rules, and on titles and routes of gaps, that name a value of a parameter which
    changes: on some day they say what isn't so.
    """
    for rule in rules:
        _remark(rule, {"reason": rule.reason}, parameters, faults)
    for gap in gaps:
        _remark(gap, {"title": gap.title, "route": gap.route}, parameters, faults)


def remark_on_safeguards(
    safeguards: Mapping[str, Safeguard],
    rules: Mapping[str, Sequence[Rule]],
    parameters: Mapping[str, Parameter],
    faults: Faults,
) -> None:
    """The same of the texts of alive safeguards. `rules`: what each asks, as rules."""
    for ident, asked in rules.items():
        each = safeguards[ident]
        told = {"title": each.title, "asks": each.asks, "clears": each.clears}
        for name in _parameters(*(rule.condition for rule in asked)):
            for reason, mend in _stale(told, name, parameters[name]):
                faults.add(each.file, each.id, reason, mend, "stale")


def remark_on_values(
    pack: Pack, rules: Mapping[str, Sequence[Rule]], extends: Sequence[Pack], faults: Faults
) -> None:
    """Remarks on the pack's own parameters that stand in place of inherited ones with other values, where
    inherited safeguards read them: a longer clock lets pass what was found before. `rules` as above.
    """
    own = [name for name, placed in pack.entries["parameters"].items() if placed.pack == pack.id]
    reading: dict[str, list[str]] = {name: [] for name in own}
    for ident, asked in rules.items():
        if pack.origin("safeguards", ident) != pack.id:
            for name in _parameters(*(rule.condition for rule in asked)):
                reading.get(name, []).append(ident)
    for name in own:
        for beneath in extends:
            known = beneath.parameters.get(name)
            if known is not None and reading[name] and known.periods != pack.parameters[name].periods:
                was, now = _values(known), _values(pack.parameters[name])
                reason = (
                    f"{', '.join(reading[name])} of the packs beneath read it, and it was {was}: now {now}."
                )
                mend = f"Look whether they still find what they found with the value of “{beneath.id}”."
                faults.add(pack.entries["parameters"][name].file, name, reason, mend, "anew")


def _values(parameter: Parameter) -> str:
    told = [value if isinstance(value, int | str) else "/".join(value) for _, value in parameter.periods]
    return ", then ".join(map(str, told))


def _remark(
    entry: Rule | Gap, told: Mapping[str, Texts], parameters: Mapping[str, Parameter], faults: Faults
) -> None:
    for name in _parameters(entry.condition):
        for reason, mend in _stale(told, name, parameters[name]):
            faults.add(entry.file, entry.id, reason, mend, "stale")


def _parameters(*conditions: Node) -> dict[str, None]:
    """The parameters that conditions name, each once."""
    tests = (leaf for node in conditions for leaf in leaves(node) if isinstance(leaf, Test))
    return dict.fromkeys(name for test in tests for name in test.parameters)


def _stale(told: Mapping[str, Texts], name: str, parameter: Parameter) -> Iterator[tuple[str, str]]:
    """Reason and mend for each text that names a value of a parameter which changes."""
    values = [value for _period, value in parameter.periods]
    if len(set(values)) == 1:
        return
    for key, texts in told.items():
        if stale := [value for value in dict.fromkeys(_numbers(texts)) if value in values]:
            listed = ", ".join(map(str, stale))
            yield (
                f"Its {key} names {listed}, a value of “{name}”, which changes with the law.",
                f"Say it without the number; :{name} is shown beside the condition, with its period.",
            )


def _numbers(texts: Texts) -> Iterator[int]:
    """The whole numbers that texts name: as digits of any script, in English up to twenty as words too."""
    for text in texts.values():
        for told in _TOLD.findall(text):
            yield int(told) if told.isdecimal() else _WORDS[told.lower()]
