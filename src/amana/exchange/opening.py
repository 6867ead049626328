"""Opening an office of real people: in an empty home, with its law and its administrator; nobody else.

A demonstration never becomes one: its public sign-ins and invented people would be in it.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connections

from amana.apps.accounts import commands, queries
from amana.apps.accounts.viewers import installer
from amana.apps.decisions.office_pack import PLACEMENT
from amana.apps.decisions.packs import find_pack, pack_folder, shipped_packs
from amana.core.errors import AmanaError


class NotOpened(AmanaError):
    """No office of real people can be opened as asked; the text says what would be right."""


def refuse_occupied() -> None:
    """Raise `NotOpened` where an office, accounts or tables of something else are."""
    tables = set(connections["default"].introspection.table_names())
    if tables and "accounts_office" not in tables:
        raise NotOpened("The database holds tables that aren't Amana's. Name an empty one with DATABASE_URL.")
    if "accounts_office" not in tables:
        return
    try:
        here = queries.office()
    except queries.NoOffice:
        if queries.accounts(installer()):
            raise NotOpened(
                f"{settings.HOME} holds accounts but no office. Set AMANA_HOME elsewhere."
            ) from None
        return
    if here.demonstration:
        raise NotOpened(
            f"{settings.HOME} holds the demonstration, and a real office never grows out of it. "
            "Set AMANA_HOME to an empty folder."
        )
    raise NotOpened(f"{settings.HOME} holds an office already. Nothing was changed.")


def law_of(name_or_path: str) -> str:
    """The pack an office is to stand on, as it is kept: a shipped name as it is, a folder in full. Raises
    `NotOpened`, `NoSuchPack`, `PackFaults`.
    """
    if PLACEMENT not in find_pack(name_or_path).decisions:
        raise NotOpened(f"{name_or_path} does not decide the placement of children. Name a pack that does.")
    return name_or_path if name_or_path in shipped_packs() else str(pack_folder(name_or_path))


def refuse_weak(password: str) -> None:
    """Raise `NotOpened` for a password that the rules of accounts refuse."""
    try:
        validate_password(password)
    except ValidationError as error:
        raise NotOpened("The password won't do: " + " ".join(error.messages)) from error


def open_real_office(
    *, name_en: str, name_ar: str, pack: str, administrator: str, password: str, at: datetime
) -> None:
    """Open the office and give its administrator an account."""
    by = installer()
    commands.open_office(
        name_en=name_en, name_ar=name_ar, demonstration=False, stands_on=None, pack=pack, by=by, at=at
    )
    commands.add_user(
        email=administrator, name=administrator, role="administrator", password=password, by=by, at=at
    )
