"""The tree is the one of the architecture: layers, below them nouns, and a verb for each step of a case."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "amana"
LAYERS = {
    "apps",
    "casework",
    "cli",
    "core",
    "exchange",
    "locale",
    "packs",
    "reports",
    "web",
    "wording",
    "worker",
}
TOP_MODULES = {"__init__.py", "__main__.py", "settings.py", "start.py", "wsgi.py"}
VAGUE = ("util", "helper", "misc", "service", "manager", "common", "stuff")
UNFINISHED = re.compile(
    r"# ?(?:TODO|FIXME|XXX|HACK)\b|\braise NotImplementedError|\bfor now\b", re.IGNORECASE
)


def modules() -> list[Path]:
    """Every Python module of the product."""
    return [path for path in SOURCE.rglob("*.py") if "__pycache__" not in path.parts]


def test_the_package_has_the_layers_of_the_architecture_and_no_others() -> None:
    found = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert found <= LAYERS, f"not in the architecture: {sorted(found - LAYERS)}"


def test_the_top_of_the_package_holds_only_what_starts_it() -> None:
    assert {path.name for path in SOURCE.glob("*.py")} == TOP_MODULES


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [
        str(path.relative_to(ROOT))
        for path in modules()
        if any(word in part.lower() for part in path.relative_to(SOURCE).parts for word in VAGUE)
    ]
    assert not vague


@pytest.mark.parametrize(
    "app",
    [
        "audit",
        "accounts",
        "jobs",
        "registry",
        "decisions",
        "determinations",
        "placements",
        "oversight",
        "tasks",
    ],
)
def test_every_app_has_the_same_few_files(app: str) -> None:
    folder = SOURCE / "apps" / app
    for name in ("__init__.py", "apps.py", "models.py", "commands.py", "queries.py"):
        assert (folder / name).exists(), f"apps/{app}/{name} is missing"
    assert list((folder / "migrations").glob("0001_*.py"))


def test_packs_hold_data_and_no_program() -> None:
    programs = [path.name for path in (SOURCE / "packs").rglob("*.py") if path.name != "__init__.py"]
    assert not programs


def test_every_module_opens_with_what_it_knows() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if "migrations" not in path.parts and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert not silent


def test_nothing_is_left_unfinished() -> None:
    marks = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in modules()
        if (found := UNFINISHED.search(path.read_text("utf-8")))
    ]
    assert not marks


def test_every_command_of_the_command_line_is_one_file_with_a_command() -> None:
    import importlib

    import click

    for path in (SOURCE / "cli").glob("[a-z]*.py"):
        module = importlib.import_module(f"amana.cli.{path.stem}")
        assert isinstance(module.command, click.Command), path.name
        assert module.command.help, f"{path.name}: say what the command does"


def test_models_have_no_switch_for_one_country() -> None:
    """Law is data in packs; a nation's name in Python outside tests is a rule in the wrong place."""
    nations = {"iraq_2018", "IRQ", "TUR", "RUS"}
    found = [
        f"{path.relative_to(ROOT)}: {node.value}"
        for layer in ("apps", "casework", "core")
        for path in (SOURCE / layer).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in nations
    ]
    assert not found


def test_no_two_test_modules_share_a_name() -> None:
    """Test folders are no packages, so two files of one name hide each other."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted({name for name in names if names.count(name) > 1}) == []
