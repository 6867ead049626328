"""What the list of tasks may be narrowed by, as links: whose, what theme, how soon.

A closed list. All reviews are one theme: nobody is listed by which review a birthday calls for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from amana.apps.tasks.kinds import THEMES as KNOWN_THEMES
from amana.apps.tasks.queries import WINDOWS, Scope
from amana.web.tasks.words import THEMES

SCOPES: Final[tuple[tuple[Scope, str | Promise], ...]] = (
    ("mine", gettext_lazy("Mine")),
    ("free", gettext_lazy("Nobody’s, on my desk")),
    ("desk", gettext_lazy("My desk")),
    ("all", gettext_lazy("All desks")),
)
WITHIN: Final = {
    "late": gettext_lazy("Late"),
    "7": gettext_lazy("Within 7 days"),
    "30": gettext_lazy("Within 30 days"),
}


@dataclass(frozen=True)
class Chosen:
    """What was asked for; `wrong` names the parts of the address that nothing is known of."""

    scope: Scope
    theme: str
    within: str
    wrong: tuple[str, ...]

    def address(self, **changes: str) -> str:
        """The list with some of it changed, from its first page."""
        asked = {"whose": self.scope, "what": self.theme, "within": self.within, **changes}
        return (
            f"{reverse('tasks:task-list')}?{urlencode({key: value for key, value in asked.items() if value})}"
        )


@dataclass(frozen=True)
class Link:
    """One choice: where it leads, its words, whether it is chosen."""

    address: str
    words: str
    on: bool


def chosen(query: QueryDict) -> Chosen:
    """What the address asks for; what it doesn't know is told and left out."""
    scope, theme, within = query.get("whose", "mine"), query.get("what", ""), query.get("within", "")
    known = {"whose": scope in get_args(Scope), "what": not theme or theme in KNOWN_THEMES}
    known["within"] = not within or within in WINDOWS
    return Chosen(
        scope=next((each for each in get_args(Scope) if each == scope), "mine"),
        theme=theme if known["what"] else "",
        within=within if known["within"] else "",
        wrong=tuple(key for key, right in known.items() if not right),
    )


def scope_links(asked: Chosen) -> tuple[Link, ...]:
    """Whose tasks to show."""
    return tuple(Link(asked.address(whose=key), str(words), asked.scope == key) for key, words in SCOPES)


def narrowing(asked: Chosen) -> tuple[Link, ...]:
    """Themes and windows; one that is chosen leads back to all."""
    themes = [
        Link(asked.address(what="" if asked.theme == key else key), str(words), asked.theme == key)
        for key, words in THEMES.items()
    ]
    windows = [
        Link(asked.address(within="" if asked.within == key else key), str(words), asked.within == key)
        for key, words in WITHIN.items()
    ]
    return (*windows, *themes)
