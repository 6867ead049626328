"""Who may import whom, which way foreign keys point, and how long a file may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "amana"
ORDER = (
    "audit",
    "accounts",
    "jobs",
    "exports",
    "registry",
    "attachments",
    "allegations",
    "consents",
    "contacts",
    "record_requests",
    "representatives",
    "guards",
    "retention",
    "decisions",
    "determinations",
    "placements",
    "oversight",
    "tasks",
)
LONGEST = 400
TEXTS = {".py", ".html", ".css", ".js", ".yaml"}


def test_the_import_contracts_are_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_every_app_has_its_place_in_the_order() -> None:
    own = {config.label for config in apps.get_app_configs() if config.name.startswith("amana.apps.")}
    assert own == set(ORDER)


def test_foreign_keys_point_downwards_only() -> None:
    """String foreign keys escape the import contracts, so the models' metadata is walked."""
    upwards = []
    for model in apps.get_models(include_auto_created=True):
        own = model._meta.app_label
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if own not in ORDER or not isinstance(field, models.Field) or target is None:
                continue
            above = target._meta.app_label
            if above not in ORDER or ORDER.index(above) > ORDER.index(own):
                upwards.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert not upwards


def test_no_row_points_into_the_other_database() -> None:
    from amana.apps.audit.databases import stands_in

    across = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            target = field.related_model
            if isinstance(target, type) and stands_in(*_place(model)) != stands_in(*_place(target)):
                across.append(f"{model._meta.label}.{field.name}")
    assert not across


def _place(model: type[models.Model]) -> tuple[str, str]:
    return model._meta.app_label, str(model._meta.model_name)


def test_every_table_named_for_operations_exists() -> None:
    from amana.apps.audit.databases import OPERATIONS_APPS, OPERATIONS_MODELS

    for name in OPERATIONS_MODELS:
        assert apps.get_model(name)
    for label in OPERATIONS_APPS:
        assert apps.get_app_config(label)


def written_files() -> list[Path]:
    """Source and test files written by hand; vendored ones are listed in VENDOR.toml instead."""
    found = [path for top in (SOURCE, ROOT / "tests") for path in top.rglob("*") if path.suffix in TEXTS]
    return [path for path in found if "vendor" not in path.parts and "__pycache__" not in path.parts]


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in written_files()
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert not long


@pytest.mark.parametrize("folder", ["core", "casework", "reports", "wording"])
def test_the_clock_is_read_only_at_the_edges(folder: str) -> None:
    _assert_no_clock(SOURCE / folder)


def test_no_app_reads_the_clock() -> None:
    _assert_no_clock(SOURCE / "apps")


CLOCK = re.compile(r"\b(?:date\.today|datetime\.(?:now|today|utcnow)|timezone\.now|time\.time)\(|auto_now")


def _assert_no_clock(folder: Path) -> None:
    reading = [
        str(path.relative_to(ROOT)) for path in folder.rglob("*.py") if CLOCK.search(path.read_text("utf-8"))
    ]
    assert not reading, f"take `on: date` or `at: datetime` instead of reading the clock: {reading}"


def test_request_data_never_becomes_the_keywords_of_a_call() -> None:
    """Three injection holes of 2025 came from `**` of request data into filter or annotate."""
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in (SOURCE / "web").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg is None and FROM_REQUEST.search(ast.unparse(keyword.value))
    ]
    assert not found


FROM_REQUEST = re.compile(r"\brequest\.(?:GET|POST|headers|COOKIES)|\bform\.(?:data|cleaned_data)")
