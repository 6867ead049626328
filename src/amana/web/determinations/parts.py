"""Parts that the forms of an assessment and of a determination share: who was heard, and the texts it rests
on.

Whoever was not heard has a reason of a closed list on record: no view is left out silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.determinations.codes import NOT_HEARD
from amana.apps.determinations.contents import View, Views
from amana.core.policy import Pack
from amana.web.determinations.base_form import CaseForm, long_text, radio_field
from amana.web.determinations.words import not_heard_words
from amana.wording.languages import pick

HEARD: Final = "heard"
WHO: Final = tuple(NOT_HEARD)
VIEWS: Final = tuple(f"{who}_{part}" for who in WHO for part in ("heard", "text"))


class ViewsForm(CaseForm):
    """A form that asks for the view of the child and of each parent, or the reason why there is none."""

    child_heard = radio_field(
        gettext_lazy("The child"), needed=gettext_lazy("Say whether the child was heard, or why not.")
    )
    child_text = long_text(
        gettext_lazy("What the child said or showed"),
        gettext_lazy("In the child's own words where there are any; a small child shows what it wants."),
        rows=3,
    )
    mother_heard = radio_field(
        gettext_lazy("The mother"), needed=gettext_lazy("Say whether the mother was heard, or why not.")
    )
    mother_text = long_text(
        gettext_lazy("What the mother said"),
        gettext_lazy("Heard apart from those who hold her, with an interpreter where one is needed."),
        rows=3,
    )
    father_heard = radio_field(
        gettext_lazy("The father"), needed=gettext_lazy("Say whether the father was heard, or why not.")
    )
    father_text = long_text(
        gettext_lazy("What the father said"),
        gettext_lazy("Why a father is not recorded does not belong here."),
        rows=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = not_heard_words()
        for who, reasons in NOT_HEARD.items():
            self.offer(f"{who}_heard", {HEARD: _("was heard"), **{code: words[code] for code in reasons}})

    def clean(self) -> dict[str, Any]:
        """Whoever was heard said or showed something."""
        cleaned = super().clean()
        for who in WHO:
            if cleaned.get(f"{who}_heard") == HEARD:
                self.need(cleaned, f"{who}_text", _("Write what was said or shown."))
        return cleaned

    def field_of(self, field: str, code: str) -> str:
        """`child_view` and `views.child` are asked as whether heard, and what was said."""
        who = field.removeprefix("views.").removesuffix("_view")
        if who not in WHO:
            return super().field_of(field, code)
        heard = self.cleaned_data.get(f"{who}_heard") == HEARD
        return f"{who}_text" if heard or code not in ("missing", "unknown_code") else f"{who}_heard"


def view_told(cleaned: Mapping[str, Any], who: str) -> View:
    """The view of one of WHO, as the commands take it."""
    heard, text = str(cleaned.get(f"{who}_heard") or ""), str(cleaned.get(f"{who}_text") or "")
    return View(True, text) if heard == HEARD else View(False, text, heard)


def views_told(cleaned: Mapping[str, Any]) -> Views:
    """The views of all three."""
    return Views(*(view_told(cleaned, who) for who in WHO))


def citation_choices(pack: Pack) -> list[tuple[str, list[tuple[str, str]]]]:
    """The texts of the pack with their articles, each in the pack's own words."""
    offered = []
    for each in pack.sources.values():
        articles = [
            (f"{each.id}/{name}", f"{name}: {pick(words)}" if pick(words) else name)
            for name, words in each.articles.items()
        ]
        offered.append((pick(each.title), articles or [(each.id, pick(each.title))]))
    return offered
