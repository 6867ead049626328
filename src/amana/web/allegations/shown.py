"""The content of an allegation as its page shows it, to whoever holds a key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amana.apps.accounts.roles import ROLES
from amana.web.allegations import words
from amana.wording.languages import listed


@dataclass(frozen=True)
class ContentLine:
    """One line: what, its text; `figures`: a reference or an instant, read left to right."""

    label: str
    text: str
    figures: bool = False


def title_of(told: Mapping[str, str]) -> str:
    """What is alleged."""
    return words.kind_words().get(told["kind"], told["kind"])


def content_lines(told: Mapping[str, str]) -> tuple[ContentLine, ...]:
    """Everything that was told, in the order of the form; what wasn't told is left out."""
    arabic = (get_language() or "").startswith("ar")
    name = " · ".join(filter(None, (told["name_ar"], told["name_latin"])))
    place = (told["place_ar"] if arabic else "") or told["place_en"]
    role = ROLES.get(told["taken_role"])
    taken = " · ".join(filter(None, (told["taken_name"], _(role.title) if role else "")))
    found = (
        ContentLine(_("In words"), told["words"]),
        ContentLine(_("When"), told["when"]),
        ContentLine(_("Where"), place or _("another place or not known")),
        ContentLine(_("Names that were named"), told["against"]),
        ContentLine(_("Person"), name),
        ContentLine(_("Reference of the person"), told["person"], figures=True),
        ContentLine(_("On the board"), told["pseudonym"], figures=True),
        ContentLine(_("Who tells"), words.teller_words().get(told["told_by"], "")),
        ContentLine(_("Agreement"), words.agreed_words().get(told["agreed"], "")),
        ContentLine(_("Taken by"), taken),
        ContentLine(_("Taken at (UTC)"), told["told_at"][:16].replace("T", " "), figures=True),
        ContentLine(_("Examiners asked"), listed(told["asked_names"].splitlines())),
        ContentLine(_("What was found"), told["closing"]),
    )
    return tuple(line for line in found if line.text)
