"""The areas of the site, discovered from the folders of this package.

An area is a folder with `urls.py` exposing `app_name`, `prefix` (its address under `/`, such as `people/`),
`urlpatterns`, and `menu`: a `Menu`, or None for an area that the navigation does not show.
Adding an area edits no list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Menu:
    """An entry of the navigation: place in the row, lazily translated label, permission, name of the view."""

    order: int
    label: str | Promise
    permission: str
    view: str

    @property
    def address(self) -> str:
        """Where the entry leads."""
        return reverse(self.view)


@cache
def areas() -> tuple[ModuleType, ...]:
    """Return the `urls` module of every area, the longest prefix first, so that none shadows another."""
    import amana.web

    folders = [item.name for item in iter_modules(amana.web.__path__) if item.ispkg]
    found = []
    for folder in folders:
        names = {item.name for item in iter_modules(import_module(f"amana.web.{folder}").__path__)}
        if "urls" in names:
            found.append(import_module(f"amana.web.{folder}.urls"))
    return tuple(sorted(found, key=lambda area: (-len(area.prefix), area.prefix)))


def menu() -> tuple[tuple[str, Menu], ...]:
    """Return (area name, entry) pairs in the order of the navigation; permissions are the caller's."""
    entries = [(area.app_name, area.menu) for area in areas() if getattr(area, "menu", None)]
    return tuple(sorted(entries, key=lambda pair: pair[1].order))
