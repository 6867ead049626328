"""What stands round every page: language, demonstration band, menu, who is signed in, the law applied.

Holds no person's data. Worked out once a request and kept on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi

from amana.apps.accounts.roles import ROLES
from amana.apps.decisions.packs import NoSuchPack, find_pack
from amana.core.errors import PackFaults
from amana.web.areas import menu
from amana.web.clock import office_of, today_of
from amana.web.texts import in_language, standing_of_pack

FONTS_COOKIE = "amana_fonts"
LANGUAGE_NAMES = {"en": "English", "ar": "العربية"}


@dataclass(frozen=True)
class MenuItem:
    """One entry of the navigation; `here` is the value of aria-current ("page", "true" for a page below) or empty."""

    label: str
    address: str
    here: str


@dataclass(frozen=True)
class PackLine:
    """The law applied, as the footer states it."""

    id: str
    short_hash: str
    address: str
    status_kind: str
    status_words: str
    status_icon: str


@dataclass(frozen=True)
class Frame:
    """Everything `base.html` needs beyond the page itself."""

    language: str
    direction: str
    other_language: str
    other_language_name: str
    demonstration: bool
    today: date | None
    name: str
    role: str
    may_search: bool
    menu: tuple[MenuItem, ...]
    pack: PackLine | None
    web_fonts: bool
    here: str

    @property
    def today_text(self) -> str:
        """The office's day, ISO."""
        return self.today.isoformat() if self.today else ""


def frame_of(request: HttpRequest | None) -> Frame:
    """Return the frame for this request; without one (an error page), the bare frame."""
    if request is None:
        return _bare()
    if not hasattr(request, "_frame"):
        request._frame = _build(request)  # type: ignore[attr-defined]
    return request._frame  # type: ignore[attr-defined,no-any-return]


def _bare() -> Frame:
    language = (get_language() or "en")[:2]
    other = "ar" if language == "en" else "en"
    direction = "rtl" if get_language_bidi() else "ltr"
    return Frame(
        language, direction, other, LANGUAGE_NAMES[other], False, None, "", "", False, (), None, True, "/"
    )


def _build(request: HttpRequest) -> Frame:
    bare = _bare()
    viewer = getattr(request, "viewer", None)
    office = office_of(request)
    entries = _menu(request, viewer) if viewer else ()
    return Frame(
        language=bare.language,
        direction=bare.direction,
        other_language=bare.other_language,
        other_language_name=bare.other_language_name,
        demonstration=office.demonstration,
        today=today_of(request),
        name=_name(request) if viewer else "",
        role=in_language(ROLES[viewer.role].title) if viewer else "",
        may_search=bool(viewer) and viewer.may("people.see"),
        menu=entries,
        pack=_pack_line(office.pack) if viewer else None,
        web_fonts=request.COOKIES.get(FONTS_COOKIE) != "off",
        here=request.get_full_path() if request.method == "GET" else "/",
    )


def _name(request: HttpRequest) -> str:
    user: Any = request.user
    return str(getattr(user, "name", "") or user.email)


def _menu(request: HttpRequest, viewer: Any) -> tuple[MenuItem, ...]:
    match = request.resolver_match
    area = match.app_name if match else ""
    shown = []
    for name, entry in menu():
        if not viewer.may(entry.permission):
            continue
        address = entry.address
        here = "" if name != area else "page" if request.path == address else "true"
        shown.append(MenuItem(str(entry.label), address, here))
    return tuple(shown)


def _pack_line(name: str) -> PackLine | None:
    """The office's pack in one line; None where it can't be read, which `amana doctor` and the Law page explain."""
    try:
        pack = find_pack(name)
    except (NoSuchPack, PackFaults):
        return None
    kind, words, drawn = standing_of_pack(pack.status)
    address = reverse("law:pack-show", args=[pack.id])
    return PackLine(pack.id, pack.hash[:6], address, kind, words, drawn)


