"""What stands round every page: language, demonstration band, menu, who is signed in, her overdue tasks in
counts, the law applied.

Holds no person's data. Worked out once a request and kept on it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from amana.apps.accounts.queries import NoOffice
from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions.office_pack import office_pack
from amana.apps.decisions.packs import NoSuchPack
from amana.core.errors import PackFaults
from amana.web.allegations.waiting import waiting_of
from amana.web.areas import menu
from amana.web.clock import now, office_of, today_of
from amana.web.exports.waiting import waiting_of as files_of
from amana.web.openings.through import Band, band_of
from amana.web.tasks.reminder import ReminderLine, reminder_of
from amana.web.texts import standing_of_pack

FONTS_COOKIE = "amana_fonts"
LANGUAGE_NAMES = {"en": "English", "ar": "العربية"}


@dataclass(frozen=True)
class MenuItem:
    """One entry of the navigation; `here` is its aria-current: "page", "true" for a page below, or empty."""

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
    home: str
    reminder: ReminderLine | None = None
    opening: Band | None = None
    files: ReminderLine | None = None

    @property
    def today_text(self) -> str:
        """The office's day, ISO."""
        return self.today.isoformat() if self.today else ""


def frame_of(request: HttpRequest | None) -> Frame:
    """Return the frame for this request; without one (an error page), the bare frame."""
    if request is None:
        return _bare()
    remembered: dict[str, Any] = vars(request)
    if "_frame" not in remembered:
        remembered["_frame"] = _build(request)
    frame: Frame = remembered["_frame"]
    return frame


def _bare() -> Frame:
    language = (get_language() or "en")[:2]
    other = "ar" if language == "en" else "en"
    return Frame(
        language=language,
        direction="rtl" if get_language_bidi() else "ltr",
        other_language=other,
        other_language_name=LANGUAGE_NAMES[other],
        demonstration=False,
        today=None,
        name="",
        role="",
        may_search=False,
        menu=(),
        pack=None,
        web_fonts=True,
        here="/",
        home="/",
    )


def _build(request: HttpRequest) -> Frame:
    frame = replace(
        _bare(),
        web_fonts=request.COOKIES.get(FONTS_COOKIE) != "off",
        here=request.get_full_path() if request.method == "GET" else "/",
    )
    try:
        office = office_of(request)
    except NoOffice:
        return frame
    frame = replace(frame, demonstration=office.demonstration, today=today_of(request))
    viewer = getattr(request, "viewer", None)
    return _signed_in(frame, request, viewer) if viewer else frame


def _signed_in(frame: Frame, request: HttpRequest, viewer: Viewer) -> Frame:
    return replace(
        frame,
        name=_name(request),
        role=_(ROLES[viewer.role].title),
        may_search=viewer.may("people.see"),
        menu=_menu(request, viewer),
        pack=_pack_line() if viewer.may("law.see") else None,
        home=home_of(viewer),
        reminder=waiting_of(viewer) or reminder_of(viewer, today_of(request)),
        opening=band_of(request),
        files=files_of(viewer, now()),
    )


def home_of(viewer: Viewer) -> str:
    """Return the first page of the menu this viewer may open; her own account where there is none."""
    for _area, entry in menu():
        if viewer.may(entry.permission):
            return entry.address
    return reverse("session:account-show")


def _name(request: HttpRequest) -> str:
    user: Any = request.user
    return str(getattr(user, "name", "") or user.email)


def _menu(request: HttpRequest, viewer: Viewer) -> tuple[MenuItem, ...]:
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


def _pack_line() -> PackLine | None:
    """The office's pack in one line; None where it can't be read, which the Law page explains."""
    try:
        pack = office_pack()
    except (NoSuchPack, PackFaults):
        return None
    kind, words, drawn = standing_of_pack(pack.status)
    address = reverse("law:pack-show", args=[pack.id])
    return PackLine(pack.id, pack.hash[:6], address, kind, words, drawn)
