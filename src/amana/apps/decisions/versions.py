"""Keeps the text of packs, inside `recording`: whatever was decided with, and what was adopted.

A version is never changed and never removed; only which one is the office's changes.
"""

from __future__ import annotations

from django.db import connection

from amana.apps.accounts.models import Office
from amana.apps.accounts.queries import office
from amana.apps.audit.recording import Log
from amana.apps.decisions.models import PackVersion
from amana.apps.decisions.office_pack import office_text
from amana.apps.decisions.pack_text import PackText, digest_of
from amana.core.policy import Pack


def take_turn() -> None:
    """Have whoever else adopts a change wait until this one is through, and wait for whoever decides."""
    Office.objects.select_for_update().get()


def hold_law() -> None:
    """Keep the office's law as it is until the open transaction ends: a list that is decided while another
    text is adopted would be left under the old one. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM accounts_office FOR SHARE")


def keep_office_pack(pack: Pack, log: Log) -> None:
    """Keep the text of the pack that is decided with, once, so that every decision's pack is found again."""
    if PackVersion.objects.filter(hash=pack.hash).exists():
        return
    text = office_text()
    if text.pack.hash == pack.hash:
        _keep(text, shipped=pack.hash, base=None, log=log)


def keep_adopted(text: PackText, *, base: PackText, log: Log) -> None:
    """Keep an adopted text, and the one it changes; the office's pack is the adopted one from now on."""
    keep_office_pack(base.pack, log)
    before = PackVersion.objects.get(hash=base.pack.hash)
    if not PackVersion.objects.filter(hash=text.pack.hash).exists():
        _keep(text, shipped=before.shipped, base=before.hash, log=log)
    PackVersion.objects.filter(current=True).update(current=False)
    PackVersion.objects.filter(hash=text.pack.hash).update(current=True)
    log.entry("pack.adopted", "office", {"hash": text.pack.hash, "instead_of": base.pack.hash})


def _keep(text: PackText, *, shipped: str, base: str | None, log: Log) -> None:
    written = text.written()
    digest = digest_of(written)
    PackVersion.objects.create(
        hash=text.pack.hash,
        name=office().pack,
        shipped=shipped,
        base_id=base,
        content=written,
        digest=digest,
        by=log.by.audit_id,
        at=log.at,
    )
    log.entry("pack.kept", "office", {"hash": text.pack.hash, "digest": digest})
