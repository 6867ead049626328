"""What the apps provide to the path of a case: facts of people, and occasions that safeguards watch.

No list names the apps: a module of the agreed name in an app is enough. It declares what it provides in a
constant, and gives it through its function `provide`. Everything has one provider.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

import amana.apps
from amana.core.errors import AmanaError


class TwoProviders(AmanaError):
    """Two apps declare the same thing; one of them must give it up."""


def providers_in(module: str, declares: str) -> Mapping[str, Callable[..., Any]]:
    """What the apps' modules of this name list under `declares` -> the `provide` of the app that does. Raises
    `TwoProviders`.
    """
    found: dict[str, Callable[..., Any]] = {}
    for app in iter_modules(amana.apps.__path__):
        name = f"amana.apps.{app.name}.{module}"
        if not (app.ispkg and find_spec(name)):
            continue
        provider = import_module(name)
        for each in getattr(provider, declares):
            if each in found:
                raise TwoProviders(f"{each!r} of {declares} has two providers; {name} is the second.")
            found[each] = provider.provide
    return found
