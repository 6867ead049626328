"""How a person is called on a page: the name in the reader's script first, the other beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from amana.wording.languages import language


class Named(Protocol):
    """Anybody with a name in one script or two; an empty text is no name."""

    @property
    def name_ar(self) -> str: ...

    @property
    def name_latin(self) -> str: ...


@dataclass(frozen=True)
class Name:
    """A name as written, with the language and direction to mark it by."""

    words: str
    lang: str
    dir: str


def names(person: Named) -> tuple[Name, Name | None]:
    """The name to lead with and the one to put beside it, if there are two."""
    arabic = Name(person.name_ar, "ar", "rtl") if person.name_ar else None
    latin = Name(person.name_latin, "en", "ltr") if person.name_latin else None
    first, second = (arabic, latin) if language() == "ar" else (latin, arabic)
    if first is None:
        first, second = second, None
    if first is None:
        return Name(_("no name recorded"), language(), "rtl" if language() == "ar" else "ltr"), None
    return first, second


def short_name(person: Named) -> str:
    """The first word of the leading name: enough where a whole family stands together."""
    return names(person)[0].words.split(" ")[0]
