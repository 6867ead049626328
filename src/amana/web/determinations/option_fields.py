"""The ways of care that are weighed: one text for each, those left empty were not weighed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.determinations.codes import OPTION_CODES
from amana.apps.determinations.contents import Option
from amana.web.determinations.base_form import CaseForm, long_text
from amana.web.determinations.words import option_words, said

OPTION_FIELDS: Final = tuple(f"option_{code}" for code in OPTION_CODES)


class OptionsForm(CaseForm):
    """A form that asks how each way of care was weighed."""

    topic = (
        "weighed",
        gettext_lazy("What was weighed"),
        gettext_lazy(
            "What speaks for and against each, for this child; leave empty what was not weighed, "
            "but weigh at least one."
        ),
        OPTION_FIELDS,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = option_words()
        for code in OPTION_CODES:
            self.fields[f"option_{code}"] = long_text(said(words, code), rows=2)
        self.arrange()

    def question(self, name: str) -> str:
        """The way of care under its topic: alone it is no question."""
        asked = super().question(name)
        if name not in OPTION_FIELDS:
            return asked
        return _("%(topic)s · %(question)s") % {"topic": self.topic[1], "question": asked}

    def field_of(self, field: str, code: str) -> str:
        """`options.1.weighed` is the second way of care that was told; a fault of all stands at the first."""
        parts = field.split(".")
        if parts[0] != "options":
            return super().field_of(field, code)
        if code == "mother_not_weighed":
            return OPTION_FIELDS[0]
        told = [option.code for option in options_told(self.cleaned_data)]
        if len(parts) > 1 and int(parts[1]) < len(told):
            return f"option_{told[int(parts[1])]}"
        return next((name for name in OPTION_FIELDS if not self.cleaned_data.get(name)), OPTION_FIELDS[0])


def options_told(cleaned: Mapping[str, Any]) -> tuple[Option, ...]:
    """Each way of care that was weighed, as the commands take it."""
    return tuple(
        Option(code, str(cleaned[f"option_{code}"])) for code in OPTION_CODES if cleaned.get(f"option_{code}")
    )
