"""How many weakenings of authorisation, consent and gate code the tests notice.

Run with our own Python, on a system that can fork:

    python benchmarks/mutants.py [--module core/need_to_know.py] [--most 40] [--seed 1] [--out FILE]

The tests run once as they are, with a mark on every statement of the modules, which tells which test reaches
what. Then each weakening (`weakenings.py`) gets a process forked from there, with its code in place of the
module's. The tests that reach its statement run in it until one fails, those that noticed most in this module
and the quickest first, up to `AT_MOST` seconds of them. If all pass, or none reaches it, the weakening has
survived. A test that notices something must pass by itself with the code as it is, or it is left out. What
FILE says was noticed before isn't asked again, so a run that was cut short goes on, and one after more tests
were written asks for what survived. What is listed in `weakenings_named.py` changes nothing that anybody
could observe and isn't counted.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from weakenings import Place, Running, Weakening, marked, running, weakenings
from weakenings_named import EQUIVALENT, MODULES, TESTS

ROOT = Path(__file__).parents[1]
SOURCE = Path("src/amana")
AT_MOST = 30.0
"""Seconds of the processor that the tests of one weakening may take, as they took them unchanged."""
MOST = 250
"""Tests of one weakening: their number has to fit an exit code."""
HANGS = 100
"""Times as long as that, after which its tests hang: it has been noticed."""


@dataclass
class Reached:
    """Which tests reach a module, and how long each takes."""

    took: dict[str, float] = field(default_factory=dict)
    by: dict[tuple[str, Place], set[str]] = field(default_factory=dict)

    def write(self, module: str, test: str, places: set[Place]) -> None:
        """A test has been at these statements of the module."""
        for place in places:
            self.by.setdefault((module, place), set()).add(test)


class Loop:
    """The tests as they are, then those that reach it for each weakening, in a process of its own."""

    def __init__(self, drawn: list[tuple[str, Weakening]], told: argparse.Namespace) -> None:
        self.drawn = drawn
        self.told = told
        self.killed: dict[str, list[bool]] = {}
        self.good: dict[str, Counter[str]] = {}
        self.reached = Reached()
        self.items: dict[str, pytest.Item] = {}
        self.held: dict[str, Running] = {}
        self.text: dict[str, str] = {}
        self.sound: dict[str, bool] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """A test that fails without any change is left out and named."""
        self.items = {item.nodeid: item for item in session.items}
        self._hold(sorted({module for module, _ in self.drawn}))
        self._record(session.items)
        before = noticed_before(self.told.out)
        for module, weakening in self.drawn:
            if named(module, weakening) in before:
                self.killed.setdefault(module, []).append(True)
            else:
                self._tell(module, weakening, self._noticed_by(module, weakening))
        return True

    def _hold(self, modules: list[str]) -> None:
        for module in modules:
            importlib.import_module("amana." + module.removesuffix(".py").replace("/", "."))
        held = running([ROOT / SOURCE / module for module in modules])
        for module in modules:
            self.held[module] = held[ROOT / SOURCE / module]
            self.text[module] = (ROOT / SOURCE / module).read_text(encoding="utf-8")

    def _record(self, items: list[pytest.Item]) -> None:
        hits: dict[str, set[Place]] = {module: set() for module in self.held}
        for module, held in self.held.items():
            held.take(marked(self.text[module], module, lambda module, place: hits[module].add(place)))
        failing = []
        for item, following in zip(items, [*items[1:], items[0]], strict=True):
            begun = time.process_time()
            if not self._passes(item, following):
                failing.append(item.nodeid)
            self.reached.took[item.nodeid] = time.process_time() - begun
            for module, places in hits.items():
                self.reached.write(module, item.nodeid, places)
                places.clear()
        self._leave_out(failing)
        print(f"{len(items)} tests took {sum(self.reached.took.values()):.0f} s", flush=True)

    def _leave_out(self, failing: list[str]) -> None:
        for each in failing:
            if self.items.pop(each, None) is not None:
                print(f"LEFT OUT {each}: fails without any change", flush=True)

    def _sound(self, module: str, name: str) -> bool:
        """Whether a test that noticed something passes by itself with the code as it is; asked once."""
        if name not in self.sound:
            unchanged = ast.parse(self.text[module])
            self.sound[name] = (
                self._forked(lambda: self._first_failing(module, unchanged, [name]), [name]) == 0
            )
        return self.sound[name]

    def _alone(self, name: str, names: list[str]) -> bool:
        at = names.index(name)
        following = self.items[names[(at + 1) % len(names)]]
        if at == 0:
            self._clear(self.items[name])
        return self._passes(self.items[name], following)

    def _clear(self, first: pytest.Item) -> None:
        """Take down what the last test shared with its neighbours and the next one doesn't."""
        first.session._setupstate.teardown_exact(first)

    def _passes(self, item: pytest.Item, following: pytest.Item) -> bool:
        return not any(each.failed for each in runtestprotocol(item, nextitem=following, log=False))

    def _chosen(self, module: str, weakening: Weakening) -> list[str]:
        good, took = self.good.setdefault(module, Counter()), self.reached.took
        those = self.reached.by.get((module, weakening.place), set()) if weakening.place else set()
        chosen: list[str] = []
        whole = 0.0
        for name in sorted(those & set(self.items), key=lambda name: (took[name] / (1 + good[name]), name)):
            if len(chosen) == MOST or (chosen and whole + took[name] > AT_MOST):
                continue
            chosen.append(name)
            whole += took[name]
        return chosen

    def _noticed_by(self, module: str, weakening: Weakening) -> str:
        """The test that failed, or nothing."""
        chosen = self._chosen(module, weakening)
        if not chosen:
            return ""
        at = self._forked(lambda: self._first_failing(module, weakening.tree, chosen), chosen)
        if at < 0:
            return "a signal"
        name = chosen[at - 1] if at else ""
        if name and not self._sound(module, name):
            self._leave_out([name])
            return self._noticed_by(module, weakening)
        self.good[module][name] += 1
        return name

    def _forked(self, act: Callable[[], int], those: list[str]) -> int:
        """What a process forked from here answers; below zero where it was ended by a signal."""
        child = os.fork()
        if child == 0:
            signal.alarm(300 + int(HANGS * sum(self.reached.took[name] for name in those)))
            os._exit(act())
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)

    def _first_failing(self, module: str, tree: ast.Module, those: list[str]) -> int:
        """Its number from 1; 0 when all pass."""
        at = 0
        try:
            self.held[module].take(tree)
            for at, name in enumerate(those):
                if not self._alone(name, those):
                    return at + 1
        except BaseException:  # whatever breaks is noticed
            return at + 1
        return 0

    def _tell(self, module: str, weakening: Weakening, name: str) -> None:
        self.killed.setdefault(module, []).append(bool(name))
        if self.told.out:
            with self.told.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps([*named(module, weakening), name]) + "\n")
        if not name:
            print(f"SURVIVED {module}:{weakening.line} {weakening.what}: {weakening.source}", flush=True)


def main() -> None:
    """Draw, run and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--module", choices=sorted(MODULES), action="append")
    parser.add_argument("--most", type=int, default=0, help="at most so many of each module, drawn by --seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="one JSON line for each weakening")
    parser.add_argument("--tests", nargs="+", default=TESTS, help="other tests than the listed ones")
    told = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT / "src"))
    loop: Any = Loop(
        [(module, each) for module in told.module or MODULES for each in drawn(module, told)], told
    )
    pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *told.tests], plugins=[loop])
    _report(loop.killed)


def drawn(module: str, told: argparse.Namespace) -> list[Weakening]:
    """Those of a module that count, in the order of their lines."""
    text = (ROOT / SOURCE / module).read_text(encoding="utf-8")
    every = [
        each for each in weakenings(text) if (module, each.where, each.what, each.source) not in EQUIVALENT
    ]
    some = random.Random(told.seed).sample(every, min(told.most or len(every), len(every)))
    return sorted(some, key=lambda each: each.line)


def named(module: str, weakening: Weakening) -> tuple[str, int, str, str, str]:
    """Which weakening it is, as a line of FILE says it."""
    return module, weakening.line, weakening.where, weakening.what, weakening.source


def noticed_before(file: Path | None) -> set[tuple[str, int, str, str, str]]:
    """Those that a test noticed by a line of an earlier run."""
    if file is None or not file.exists():
        return set()
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {(module, line, where, what, source) for module, line, where, what, source, by in lines if by}


def _report(killed: dict[str, list[bool]]) -> None:
    for module, those in killed.items():
        print(f"{module}: {sum(those)} of {len(those)} noticed")
    every = [each for those in killed.values() for each in those]
    if every:
        print(f"In all {sum(every)} of {len(every)}, {sum(every) / len(every):.1%}")


if __name__ == "__main__":
    main()
