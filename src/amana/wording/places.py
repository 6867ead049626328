"""The words for kinds of place, in the order in which forms offer them."""

from __future__ import annotations

from django.utils.translation import gettext as _


def kind_words() -> dict[str, str]:
    """Kinds of place, by the codes of `placements.commands.KINDS`."""
    return {
        "detention": _("place of detention"),
        "state_home": _("state home"),
        "juvenile": _("juvenile facility"),
        "camp": _("camp or site"),
        "family": _("a family"),
        "other": _("another place"),
    }


def kind_in_words(kind: str) -> str:
    """One kind of place."""
    return kind_words().get(kind, kind)
