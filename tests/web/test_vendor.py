"""Foreign files are the ones that VENDOR.toml names, byte for byte, and nothing else."""

from __future__ import annotations

import gzip
import hashlib
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "src/amana/web/static/vendor"
PACKAGES = tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))["package"]
LISTED = {path: digest for package in PACKAGES for path, digest in package["files"].items()}


def test_every_listed_file_is_there_and_unchanged() -> None:
    real = {path: hashlib.sha256((ROOT / path).read_bytes()).hexdigest() for path in LISTED}
    assert real == LISTED


def test_every_foreign_file_is_listed() -> None:
    folders = (VENDOR, ROOT / "tests/browser/vendor")
    there = {
        str(file.relative_to(ROOT)) for folder in folders for file in folder.rglob("*") if file.is_file()
    }
    assert there - set(LISTED) == {"src/amana/web/static/vendor/VENDOR.toml"}


def test_every_package_names_version_licence_and_source() -> None:
    for package in PACKAGES:
        assert all(package[key] for key in ("name", "version", "licence", "source", "why")), package


def test_the_small_form_of_a_style_sheet_is_the_same_text() -> None:
    for sheet in (VENDOR / "tabler").glob("*.css"):
        packed = sheet.with_name(sheet.name + ".gz")
        assert gzip.decompress(packed.read_bytes()) == sheet.read_bytes()
        assert sheet.with_name(sheet.name + ".br").stat().st_size < packed.stat().st_size
