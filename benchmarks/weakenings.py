"""Weakenings of a module's source, and its functions given other code while they run.

Each weakening is one change: a condition that guards is taken for true or false, a call that refuses is left
out, a comparison is turned round, an `and` made an `or`, a part of it left out. A condition taken for false
is still asked first, so that what it finds or fills is there and only its answer is lost. Lines stay as they
are, by which functions of one name are told apart. What runs at import only is not changed while running.
"""

from __future__ import annotations

import ast
import builtins
import copy
import functools
import gc
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType

REFUSING = ("require", "_require", "require_reach", "require_all", "require_file", "require_class", "saw")
MARK = "__reached__"
Place = tuple[int, int]
"""Line and column of a statement or a lambda."""


@dataclass(frozen=True)
class Weakening:
    """One change: what was done, to which words of which function, and the module's tree with it.

    `place` is the statement that must be reached for the change to matter; none at import.
    """

    what: str
    source: str
    where: str
    line: int
    place: Place | None
    tree: ast.Module


def weakenings(text: str) -> Iterator[Weakening]:
    """Every single weakening of a module."""
    tree = ast.parse(text)
    whole, around = ast.unparse(tree), _around(tree)
    for at, node in enumerate(ast.walk(tree)):
        for what, change in _changes(node):
            changed = copy.deepcopy(tree)
            change(next(each for here, each in enumerate(ast.walk(changed)) if here == at))
            ast.fix_missing_locations(changed)
            if ast.unparse(changed) != whole:
                where, place = around.get(id(node), ("", None))
                line = getattr(node, "lineno", 0)
                yield Weakening(what, _told(node), where, line, place, changed)


def _told(node: ast.AST) -> str:
    return ast.unparse(node.test if isinstance(node, ast.If) else node)


def _around(tree: ast.Module) -> dict[int, tuple[str, Place | None]]:
    """For every node inside a function: the function's name and the statement it belongs to."""
    found: dict[int, tuple[str, Place | None]] = {}

    def walk(node: ast.AST, names: tuple[str, ...], place: Place | None, inside: bool) -> None:
        if inside and isinstance(node, ast.stmt | ast.Lambda):
            place = (node.lineno, node.col_offset)
        if inside:
            found[id(node)] = (".".join(names), place)
        for name, value in ast.iter_fields(node):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    own = isinstance(node, ast.FunctionDef | ast.Lambda) and name == "body"
                    inner = (child.name,) if isinstance(child, ast.FunctionDef | ast.ClassDef) else ()
                    walk(child, (*names, *inner), place, inside or own)

    walk(tree, (), None, False)
    return found


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[..., object]]]:
    if isinstance(node, ast.If) and any(map(_raises, node.body)):
        yield "never refuses here", _never
    if isinstance(node, ast.If) and any(isinstance(each, ast.Return) for each in node.body):
        yield "never leaves here", _never
        yield "always leaves here", _always
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and _refuses(node.value):
        yield "does not ask", _unasked
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "and for or", lambda target: setattr(target, "op", other)
        for place in range(len(node.values)):
            yield f"without part {place + 1}", functools.partial(_without, place=place)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        turned = _turned(node.ops[0])
        if turned:
            yield "compares the other way", lambda target: setattr(target, "ops", [turned])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "without not", lambda target: setattr(target, "operand", ast.UnaryOp(ast.Not(), target.operand))


def _raises(statement: ast.stmt) -> bool:
    """Whether it raises a refusal, or hands one to whoever raises it."""
    handed = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Yield)
    return isinstance(statement, ast.Raise) or handed


def _never(target: ast.If) -> None:
    target.test = ast.BoolOp(ast.And(), [target.test, ast.Constant(False)])


def _always(target: ast.If) -> None:
    target.test = ast.BoolOp(ast.Or(), [target.test, ast.Constant(True)])


def _unasked(target: ast.Expr) -> None:
    target.value = ast.BoolOp(ast.And(), [ast.Constant(False), target.value])


def _without(target: ast.BoolOp, place: int) -> None:
    """Its words stay behind a constant, so that the function closes over the same names."""
    constant = ast.Constant(isinstance(target.op, ast.And))
    other: ast.boolop = ast.Or() if isinstance(target.op, ast.And) else ast.And()
    target.values[place] = ast.BoolOp(other, [constant, target.values[place]])


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


def marked(text: str, module: str, reached: Callable[[str, Place], None]) -> ast.Module:
    """The module with a mark before every statement and lambda of its functions, told to `reached`."""
    setattr(builtins, MARK, reached)
    tree = ast.parse(text)
    functions = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.Lambda)]
    inner = {id(each): each for function in functions for each in _inside(function)}
    for node in inner.values():
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if isinstance(body, list):
                setattr(
                    node,
                    field,
                    [each for statement in body for each in (_mark(module, statement), statement)],
                )
        if isinstance(node, ast.Lambda):
            mark = _mark(module, node).value
            node.body = ast.Subscript(ast.Tuple([mark, node.body], ast.Load()), ast.Constant(1), ast.Load())
    return ast.fix_missing_locations(tree)


def _inside(function: ast.FunctionDef | ast.Lambda) -> Iterator[ast.AST]:
    yield function
    for statement in function.body if isinstance(function.body, list) else [function.body]:
        yield from ast.walk(statement)


def _mark(module: str, node: ast.stmt | ast.Lambda) -> ast.Expr:
    place = ast.Tuple([ast.Constant(node.lineno), ast.Constant(node.col_offset)], ast.Load())
    called = ast.Call(ast.Name(MARK, ast.Load()), [ast.Constant(module), place], [])
    return ast.copy_location(ast.Expr(ast.copy_location(called, node)), node)


class Running:
    """The functions of one module as this process holds them, wherever they are bound."""

    def __init__(self, path: Path, every: list[object]) -> None:
        self.path = path
        self.functions = [
            each for each in every
            if isinstance(each, FunctionType) and each.__code__.co_filename == str(path)
        ]  # fmt: skip
        self.kept = [
            each for each in every
            if isinstance(each, functools._lru_cache_wrapper)
            and getattr(each.__wrapped__, "__code__", None) in {one.__code__ for one in self.functions}
        ]  # fmt: skip

    def take(self, tree: ast.Module) -> int:
        """Give every function the code it has in this tree; answers how many. What was kept is forgotten."""
        found = list(codes(compile(tree, str(self.path), "exec")))
        often = Counter(_named(each) for each in found)
        new = {_named(each): each for each in found if often[_named(each)] == 1}
        taken = 0
        for function in self.functions:
            code = new.get(_named(function.__code__))
            if code is not None and code.co_freevars == function.__code__.co_freevars:
                function.__code__ = code
                taken += 1
        for each in self.kept:
            each.cache_clear()
        return taken


def running(paths: list[Path]) -> dict[Path, Running]:
    """What this process holds of each of these files."""
    every = gc.get_objects()
    return {path: Running(path, every) for path in paths}


def codes(code: CodeType) -> Iterator[CodeType]:
    """The code of every function in a module's code, however deep."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from codes(each)


def _named(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno
