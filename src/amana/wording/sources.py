"""Where a fact comes from, in words: the kind of source, and the note behind it as it was written."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def source_kinds() -> dict[str, str]:
    """The kinds of source a claim may have, in the reader's language, the commonest first."""
    return {
        "statement": pgettext("source of a claim", "statement"),
        "document": pgettext("source of a claim", "document"),
        "clinic": pgettext("source of a claim", "clinic"),
        "court": pgettext("source of a claim", "court"),
        "list": pgettext("source of a claim", "list"),
        "other": pgettext("source of a claim", "other"),
    }


def source_in_words(source: str) -> str:
    """`statement:mother` as “statement: mother”; several sources, `;`-joined, stand side by side.

    A stay may come from an urgent move, which no claim can name as its source.
    """
    kinds = {**source_kinds(), "urgent": pgettext("source of a stay", "urgent protective move")}
    told = []
    for each in filter(None, source.split(";")):
        kind, _colon, note = each.partition(":")
        named = kinds.get(kind, kind)
        told.append(_("%(kind)s: %(note)s") % {"kind": named, "note": note} if note else named)
    return " · ".join(told)
