"""The members of a panel: profession and name of each, side by side; rows left empty are no members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.determinations.contents import PanelMember
from amana.web.determinations.base_form import Answer, CaseForm, Topic, short_text
from amana.web.determinations.words import function_words, said
from amana.web.law.form_fields import choice_field

ROWS: Final = 5
PANEL_FIELDS: Final = tuple(f"panel_{row}_{part}" for row in range(ROWS) for part in ("function", "name"))
SHOWN: Final = 120
"""Characters of a name, as the commands take them."""


class PanelForm(CaseForm):
    """A form that asks who decides."""

    topic = (
        "panel",
        gettext_lazy("Who decides"),
        gettext_lazy(
            "A panel of at least two professions. Whoever sits on it can't approve what it decides."
        ),
        PANEL_FIELDS,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = function_words()
        for row in range(ROWS):
            told = {"number": row + 1}
            self.fields[f"panel_{row}_function"] = choice_field(_("Member %(number)s: profession") % told)
            self.fields[f"panel_{row}_name"] = short_text(_("Member %(number)s: name") % told, most=SHOWN)
            self.offer(f"panel_{row}_function", words, blank=True)
        self.arrange()

    def answers_of(self, topic: Topic) -> tuple[Answer, ...]:
        """A member a line: profession and name."""
        if topic.id != PanelForm.topic[0]:
            return super().answers_of(topic)
        words = function_words()
        told = {name: self[name].value() or "" for name in PANEL_FIELDS}
        return tuple(Answer(said(words, member.function), (member.name,)) for member in panel_told(told))

    def field_of(self, field: str, code: str) -> str:
        """`panel.1.name` is the name of the second member told; a fault of all stands at the first gap."""
        parts = field.split(".")
        if parts[0] != "panel":
            return super().field_of(field, code)
        rows = _rows_told(self.cleaned_data)
        if len(parts) > 1 and int(parts[1]) < len(rows):
            return f"panel_{rows[int(parts[1])]}_{parts[2]}"
        return f"panel_{min(len(rows), ROWS - 1)}_function"


def _rows_told(cleaned: Mapping[str, Any]) -> list[int]:
    return [
        row for row in range(ROWS) if cleaned.get(f"panel_{row}_function") or cleaned.get(f"panel_{row}_name")
    ]


def panel_told(cleaned: Mapping[str, Any]) -> tuple[PanelMember, ...]:
    """Each member of whom something was told, as the commands take it."""
    return tuple(
        PanelMember(
            str(cleaned.get(f"panel_{row}_function") or ""), str(cleaned.get(f"panel_{row}_name") or "")
        )
        for row in _rows_told(cleaned)
    )
