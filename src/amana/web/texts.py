"""Words for the codes of packs, and the choice between a text's two languages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _


def in_language(texts: Mapping[str, str] | str | None) -> str:
    """Return a text in the reader's language; the other language rather than nothing."""
    if not texts:
        return ""
    if isinstance(texts, str):
        return texts
    language = (get_language() or "en")[:2]
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def standing_of_pack(status: str) -> tuple[str, str, str]:
    """Return (badge kind, words, icon) for the review status of a pack."""
    return {
        "unreviewed": ("due", _("not yet reviewed by counsel"), "warn"),
        "reviewed": ("ok", _("reviewed by counsel"), "check"),
        "verified": ("ok", _("verified by counsel"), "check"),
    }.get(status, ("due", status, "warn"))
