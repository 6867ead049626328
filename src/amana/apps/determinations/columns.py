"""What was told of a determination, as the columns of its table. Whatever wasn't told is empty; what has been
decided about it (its effect, its branch, who wrote it down) is no matter of this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from amana.apps.determinations.contents import Option, View, same_name

HEARD = ("child", "mother", "father")


def told_columns(told: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of what an office or another body says it decided; keys as in `contents.Asked`."""
    panel = told.get("panel", ())
    return {
        "decides": told.get("decides", ""),
        "place_kind": told.get("place_kind", ""),
        "panel": plain(panel),
        "panel_names": [same_name(member.name) for member in panel],
        **weighed(told.get("options", ())),
        **heard({who: told.get(f"{who}_view") for who in HEARD}),
        "evidence": list(told.get("evidence", ())),
        "grounds": ";".join(sorted(set(told.get("grounds", ())))),
        "reasons": told.get("reasons", "").strip(),
        "citations": list(told.get("citations", ())),
        "decided_on": told.get("decided_on"),
        "review_on": told.get("review_on"),
        "appeal_route": told.get("appeal_route", "").strip(),
        "appeal_until": told.get("appeal_until"),
        "care_identified": told.get("care_identified"),
        "consulate": told.get("consulate", ""),
        "supersedes_id": told.get("supersedes") or None,
    }


def weighed(options: Sequence[Option]) -> dict[str, Any]:
    """The columns of the options weighed: all of them in words, and their codes."""
    return {
        "options": plain(options),
        "options_considered": ";".join(sorted({each.code for each in options})),
    }


def heard(views: Mapping[str, View | None]) -> dict[str, str]:
    """The columns of the views of the child and each parent; `heard`, the reason for none, or empty."""
    columns: dict[str, str] = {}
    for who, view in views.items():
        columns[f"{who}_heard"] = "" if view is None else "heard" if view.given else view.reason
        columns[f"{who}_view"] = "" if view is None else view.text.strip()
    return columns


def plain(value: Any) -> Any:
    """Panel members, options and views as plain data, for a column."""
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value if isinstance(value, str) else dict(vars(value))
