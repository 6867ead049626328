"""Compiles the translation catalogues (.po to .mo) whenever the package is built or installed.

`msgfmt` is not on a bare machine, so Babel does it. After editing a .po file: `python hatch_build.py`.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "src" / "amana" / "locale"


def compile_catalogues(locale: Path = LOCALE) -> list[Path]:
    """Write a .mo beside each .po and return the files written; fuzzy entries are left out."""
    written = []
    for po in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parent.parent.name)
        target = po.with_suffix(".mo")
        with target.open("wb") as out:
            write_mo(out, catalogue)
        written.append(target)
    return written


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand in an environment without the build backend
    pass
else:

    class CompileCatalogues(BuildHookInterface):
        """Hatch's hook: the catalogues are compiled before files are collected."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict) -> None:
            compile_catalogues()


if __name__ == "__main__":
    compile_catalogues()
