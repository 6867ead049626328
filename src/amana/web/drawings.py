"""The icons: one path each on a 24-unit square, our own, stroked in the colour of the text beside them."""

from __future__ import annotations

from typing import Final

PATHS: Final = {
    "add": "M12 5v14M5 12h14",
    "back": "M4 9h10a5 5 0 0 1 0 10H9M4 9l4-4M4 9l4 4",
    "check": "M5 12.5l4.5 4.5L19 7",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2",
    "cross": "M6 6l12 12M18 6L6 18",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 13h6M9 17h6",
    "eye": "M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
    "home": "M4 11l8-7 8 7v9H4zM10 20v-6h4v6",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8v.2",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2",
    "minus": "M5 12h14",
    "next": "M9 5l7 7-7 7",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 4-6 8-6s8 2 8 6",
    "place": "M12 21c-5-6-7-8-7-11a7 7 0 0 1 14 0c0 3-2 5-7 11zM12 8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4",
    "print": "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
    "scales": "M12 4v16M7 20h10M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20 20",
    "shield": "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z",
    "unknown": "M7 8.5a5 5 0 1 1 7.6 4.2c-1.7 1-2.6 1.7-2.6 3.3M12 20.5v.2",
    "upload": "M12 16V4M7 9l5-5 5 5M4 16v4h16v-4",
    "warn": "M12 3 2 20h20zM12 10v4M12 17v.2",
}

MIRRORED: Final = frozenset({"next", "back"})
"""Icons that point along the line of reading and turn round in Arabic."""

STATUS_ICONS: Final = {
    "breach": "warn",
    "due": "clock",
    "ok": "check",
    "acc": "document",
    "unk": "unknown",
    "": "minus",
}
"""The icon a status wears when its caller names none."""
