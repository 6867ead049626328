"""The form by which a mission answers a dossier."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from amana.casework.consent import ReturnRefused
from amana.web.consular.words import refusal_words, reply_words
from amana.web.determinations.base_form import CaseForm, long_text, radio_field


class ReplyForm(CaseForm):
    """What the mission answers."""

    topics_of = (("reply", "", "", ("kind", "words")),)

    kind = radio_field(gettext_lazy("Your answer"), needed=gettext_lazy("Choose your answer."))
    words = long_text(
        gettext_lazy("In words"),
        gettext_lazy("Which documents and by when, or what you ask. Needed for these two."),
        rows=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", reply_words())

    def refuse(self, refused: ReturnRefused) -> None:
        """Put a refusal beside the field it speaks of, or above all fields."""
        self.add_error(refused.field if refused.field in self.fields else None, refusal_words(refused))
