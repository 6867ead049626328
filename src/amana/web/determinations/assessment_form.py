"""The form of a best-interests assessment: who was heard, what was found, what is advised, the next look.

An assessment decides nothing and moves nobody; it is in force when recorded and carries its author alone.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from amana.web.determinations.base_form import day_field, long_text, radio_field
from amana.web.determinations.option_fields import OptionsForm
from amana.web.determinations.parts import VIEWS, ViewsForm
from amana.web.determinations.words import stage_words


class AssessmentForm(OptionsForm, ViewsForm):
    """A best-interests assessment."""

    topics_of = (
        ("what", gettext_lazy("The assessment"), "", ("kind", "done_on")),
        (
            "heard",
            gettext_lazy("Who was heard"),
            gettext_lazy("Each of the three: what was said, or the reason why there is nothing on record."),
            VIEWS,
        ),
        ("found", gettext_lazy("What was found"), "", ("findings",)),
        OptionsForm.topic,
        ("next", gettext_lazy("What comes next"), "", ("recommendation", "review_on")),
    )

    kind = radio_field(
        gettext_lazy("Which assessment it is"), needed=gettext_lazy("Choose which assessment it is.")
    )
    done_on = day_field(gettext_lazy("Held on"), needed=gettext_lazy("Write the day on which it was held."))
    findings = long_text(
        gettext_lazy("What was found"),
        gettext_lazy("How the child lives, with whom, what it needs, what it fears. Facts with sources."),
        needed=gettext_lazy("Write what was found."),
        rows=6,
    )
    recommendation = long_text(
        gettext_lazy("What is advised"),
        gettext_lazy("What should be done next, by whom. An assessment moves nobody."),
        needed=gettext_lazy("Write what is advised."),
    )
    review_on = day_field(
        gettext_lazy("Look again on"), needed=gettext_lazy("Write the day on which to look again.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", stage_words())
