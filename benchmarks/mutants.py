"""How many weakenings of authorisation, consent and gate code the tests notice.

Each mutant is one change: a condition that guards is taken for true or false, a call that refuses is left
out, a comparison is turned round, an `and` made an `or`, a part of it left out. Run with our own Python:

    python benchmarks/mutants.py [--module core/need_to_know.py] [--most 40] [--seed 1] [--out FILE]

Tests are collected and run once; then each mutant gets a process forked from there, in which the changed code
takes the place of the code of every function of the module, wherever it is bound. Its tests run until one
fails; a mutant with which all of them pass has survived. Not part of the suite; needs a system that can fork.
"""

from __future__ import annotations

import argparse
import ast
import copy
import gc
import json
import os
import random
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).parents[1]
SOURCE = Path("src/amana")
TIMEOUT = 120
"""Seconds after which a mutant counts as noticed: its tests hang."""

ROLES_TESTS = ["tests/core/test_need_to_know.py", "tests/apps/accounts/test_roles_matrix.py"]
PAGES = ["tests/web/test_whose_records.py", "tests/web/test_access.py"]
CASES = [
    "tests/casework/test_trust_cases.py",
    "tests/web/test_withheld.py",
    "tests/casework/test_caseload.py",
]
GATE = [
    "tests/casework/test_country_gate.py", "tests/web/test_returns.py",
    "tests/casework/test_gate_changes_nothing_else.py",
]  # fmt: skip
TESTS = {
    "core/need_to_know.py": ROLES_TESTS,
    "apps/accounts/viewers.py": [*ROLES_TESTS, *CASES, *PAGES],
    "apps/accounts/granting.py": ["tests/apps/accounts/test_granting.py"],
    "apps/registry/reach.py": [*CASES, *PAGES],
    "web/access.py": [
        "tests/web/test_access.py",
        "tests/web/test_factors.py",
        "tests/web/test_trust_urls.py",
    ],
    "apps/consents/commands.py": GATE,
    "apps/consents/queries.py": GATE,
    "apps/consents/standing.py": GATE,
    "casework/gate.py": GATE,
    "casework/consent.py": GATE,
    "casework/disclose.py": GATE,
    "casework/protection.py": GATE,
}
"""Module -> the tests that ought to notice, the quickest first."""

REFUSING = ("require", "_require", "require_reach", "require_all", "require_file", "require_class", "saw")


@dataclass(frozen=True)
class Mutant:
    """One change: what was done, on which line, and the text of the whole module with it."""

    what: str
    line: int
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """Every single weakening of a module."""
    tree = ast.parse(text)
    for at, node in enumerate(ast.walk(tree)):
        for what, change in _changes(node):
            changed = copy.deepcopy(tree)
            target = next(each for here, each in enumerate(ast.walk(changed)) if here == at)
            change(target)
            told = ast.unparse(ast.fix_missing_locations(changed))
            if told != ast.unparse(tree):
                yield Mutant(what, getattr(node, "lineno", 0), told)


def _changes(node: ast.AST) -> Iterator[tuple[str, object]]:
    if isinstance(node, ast.If) and any(isinstance(each, ast.Raise) for each in node.body):
        yield "never refuses here", lambda target: setattr(target, "test", ast.Constant(False))
    if isinstance(node, ast.If) and any(isinstance(each, ast.Return) for each in node.body):
        yield "never leaves here", lambda target: setattr(target, "test", ast.Constant(False))
        yield "always leaves here", lambda target: setattr(target, "test", ast.Constant(True))
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _refuses(node.value):
        yield "does not ask", lambda target: setattr(target, "value", ast.Constant(None))
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "and for or", lambda target: setattr(target, "op", other)
        for place in range(len(node.values)):
            yield f"without part {place + 1}", lambda target, place=place: _without(target, place)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        turned = _turned(node.ops[0])
        if turned:
            yield "compares the other way", lambda target: setattr(target, "ops", [turned])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield (
            "without not",
            lambda target: (
                setattr(target, "op", ast.Not())
                or setattr(target, "operand", ast.UnaryOp(ast.Not(), target.operand))
            ),
        )


def _without(target: ast.BoolOp, place: int) -> None:
    del target.values[place]
    if len(target.values) == 1:
        target.values.append(target.values[0])


def _turned(op: ast.cmpop) -> ast.cmpop | None:
    pairs = {
        ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn,
        ast.NotIn: ast.In, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    }  # fmt: skip
    found = pairs.get(type(op))
    return found() if found else None


def _refuses(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in REFUSING or name.startswith(("require", "_require", "_refuse"))


def codes(code: CodeType) -> Iterator[CodeType]:
    """The code of every function in a module's code, however deep."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from codes(each)


def put_in_place(path: Path, text: str) -> None:
    """Give every function of a module, wherever it is bound, the code of another text of the module."""
    new = {each.co_qualname: each for each in codes(compile(text, str(path), "exec"))}
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename == str(path):
            code = new.get(each.__code__.co_qualname)
            if code is not None and code.co_freevars == each.__code__.co_freevars:
                each.__code__ = code


class Loop:
    """Runs the tests once as they are, then once for each mutant in a process of its own."""

    def __init__(self, drawn: list[tuple[str, Mutant]], told: argparse.Namespace) -> None:
        self.drawn = drawn
        self.told = told
        self.killed: dict[str, list[bool]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """The tests, kept open between runs; a test that fails without any change spoils the answer."""
        if not self._pass(session.items):
            raise pytest.UsageError("A test fails without any change.")
        for module, mutant in self.drawn:
            self._tell(module, mutant, self._noticed(session, module, mutant))
        return True

    def _pass(self, items: list[pytest.Item]) -> bool:
        """Whether all of them pass; what they share stays set up for the next time."""
        for item, following in zip(items, [*items[1:], items[0]], strict=True):
            reports = runtestprotocol(item, nextitem=following, log=False)
            if any(report.failed for report in reports):
                return False
        return True

    def _noticed(self, session: pytest.Session, module: str, mutant: Mutant) -> bool:
        child = os.fork()
        if child == 0:
            signal.alarm(TIMEOUT)
            try:
                put_in_place(ROOT / SOURCE / module, mutant.text)
                passed = self._pass(session.items)
            except BaseException:  # whatever breaks is noticed
                passed = False
            os._exit(0 if passed else 1)
        _, status = os.waitpid(child, 0)
        return status != 0

    def _tell(self, module: str, mutant: Mutant, killed: bool) -> None:
        self.killed.setdefault(module, []).append(killed)
        told = {"module": module, "line": mutant.line, "what": mutant.what, "killed": killed}
        if self.told.out:
            with self.told.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(told) + "\n")
        if not killed:
            print(f"SURVIVED {module}:{mutant.line} {mutant.what}", flush=True)


def main() -> None:
    """Sample, run and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--module", choices=sorted(TESTS), action="append")
    parser.add_argument("--most", type=int, default=0, help="at most so many of each module, drawn by --seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="one JSON line for each mutant")
    told = parser.parse_args()
    groups: dict[tuple[str, ...], list[tuple[str, Mutant]]] = {}
    for module in told.module or TESTS:
        every = list(mutants((ROOT / SOURCE / module).read_text(encoding="utf-8")))
        drawn = random.Random(told.seed).sample(every, min(told.most or len(every), len(every)))
        in_order = sorted(drawn, key=lambda mutant: mutant.line)
        groups.setdefault(tuple(TESTS[module]), []).extend((module, each) for each in in_order)
    for tests, those in groups.items():
        _in_a_process(tests, those, told)


def _in_a_process(tests: Sequence[str], those: list[tuple[str, Mutant]], told: argparse.Namespace) -> None:
    """A session of tests can be opened once in a process."""
    child = os.fork()
    if child == 0:
        os.chdir(ROOT)
        sys.path.insert(0, str(ROOT / "src"))
        loop: Any = Loop(those, told)
        pytest.main(
            ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--capture=fd", *tests], plugins=[loop]
        )
        for module, killed in loop.killed.items():
            os.write(2, f"{module}: {sum(killed)} of {len(killed)} noticed\n".encode())
        os._exit(0)
    os.waitpid(child, 0)


if __name__ == "__main__":
    main()
