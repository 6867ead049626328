"""The forms of missions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from amana.apps.consents import codes
from amana.casework.consent import STATES, ReturnRefused
from amana.web.consular.words import judgement_words, refusal_words
from amana.web.determinations.base_form import CaseForm, long_text, radio_field
from amana.web.law.form_fields import choice_field
from amana.wording.languages import state_in_words


class MissionForm(CaseForm):
    """A refusal stands beside the field it speaks of."""

    def refuse(self, refused: ReturnRefused) -> None:
        """Put a refusal beside its field, or above all fields."""
        self.add_error(refused.field if refused.field in self.fields else None, refusal_words(refused))


class PostForm(MissionForm):
    """Which account sits at the desk of which country."""

    topics_of = (("post", "", "", ("account", "nation")),)

    account = choice_field(gettext_lazy("Account"), needed=gettext_lazy("Choose the account."))
    nation = choice_field(gettext_lazy("Country"), needed=gettext_lazy("Choose the country."))

    def __init__(self, *args: Any, accounts: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("account", {str(each): name for each, name in accounts.items()}, blank=True)
        codes_of_states = sorted(STATES, key=state_in_words)
        self.offer("nation", {code: state_in_words(code) for code in codes_of_states}, blank=True)


class JudgeForm(MissionForm):
    """What a mission's answer is worth."""

    topics_of = (("judge", "", "", ("judgement", "reason")),)

    judgement = radio_field(
        gettext_lazy("What becomes of it"), needed=gettext_lazy("Choose what becomes of it.")
    )
    reason = long_text(gettext_lazy("Why"), needed=gettext_lazy("Say why, in words."), rows=2)

    def __init__(self, *args: Any, confirms: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = dict(judgement_words())
        if not confirms:
            offered.pop(codes.TAKEN_UP)
        self.offer("judgement", offered)
