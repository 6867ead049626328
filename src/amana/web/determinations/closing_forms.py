"""The forms that act on a determination: approve or reject it, withdraw it, contest it, close an appeal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.determinations.codes import APPEAL_OUTCOMES, APPELLANTS
from amana.web.determinations.base_form import CaseForm, day_field, long_text, radio_field
from amana.web.determinations.words import appeal_words, appellant_words, body_words, said
from amana.web.law.form_fields import choice_field

APPROVE: Final = "approve"
REJECT: Final = "reject"


class DecideForm(CaseForm):
    """Approve or reject what somebody else asked for. `version`: the state that was looked at."""

    topics_of = (("decide", gettext_lazy("Your decision"), "", ("decision", "reason")),)

    decision = radio_field(
        gettext_lazy("Your decision"), needed=gettext_lazy("Choose whether to approve or to reject it.")
    )
    reason = long_text(
        gettext_lazy("Reason"),
        gettext_lazy("What you looked at and why you decide so. Kept with the determination for good."),
        needed=gettext_lazy("Say why: a decision without a reason is none."),
        rows=3,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            "decision",
            {APPROVE: _("Approve it: it is in force from then on"), REJECT: _("Reject it: nothing is done")},
        )


class WithdrawForm(CaseForm):
    """Why a determination that waits is taken back."""

    topics_of = (("why", gettext_lazy("Why"), "", ("reason",)),)

    reason = long_text(
        gettext_lazy("Reason"),
        gettext_lazy("Kept with it for good."),
        needed=gettext_lazy("Say why it is taken back."),
        rows=3,
    )


def _what_is_said() -> forms.CharField:
    return long_text(
        gettext_lazy("What is said against it"),
        gettext_lazy("In the words of whoever contests it. Never held against the child or the family."),
        needed=gettext_lazy("Write what is said against it."),
    )


class AppealForm(CaseForm):
    """That somebody contests a determination."""

    topics_of = (
        ("who", gettext_lazy("Who contests it"), "", ("lodged_by", "lodged_on")),
        ("why", gettext_lazy("Why"), "", ("ground",)),
    )
    past_days = ("lodged_on",)

    lodged_by = choice_field(gettext_lazy("Contested by"), needed=gettext_lazy("Choose who contests it."))
    lodged_on = day_field(
        gettext_lazy("Contested on"), needed=gettext_lazy("Write the day on which it was contested.")
    )
    ground = _what_is_said()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = appellant_words()
        self.offer("lodged_by", {code: said(words, code) for code in APPELLANTS}, blank=True)


class OwnAppealForm(CaseForm):
    """That a guardian or counsel contests a determination herself: who and when are known."""

    topics_of = (("why", gettext_lazy("Why"), "", ("ground",)),)

    ground = _what_is_said()


class AppealOutcomeForm(CaseForm):
    """How an appeal ended."""

    topics_of = (("end", gettext_lazy("How it ended"), "", ("outcome", "body", "decided_on", "reasons")),)
    past_days = ("decided_on",)

    outcome = radio_field(gettext_lazy("How it ended"), needed=gettext_lazy("Choose how it ended."))
    body = choice_field(gettext_lazy("Decided by"), needed=gettext_lazy("Choose who decided it."))
    decided_on = day_field(gettext_lazy("Decided on"), needed=gettext_lazy("Write the day of the decision."))
    reasons = long_text(
        gettext_lazy("The reasons given"), needed=gettext_lazy("Write the reasons that were given.")
    )

    def __init__(self, *args: Any, bodies: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words, told = appeal_words(), body_words()
        self.offer("outcome", {code: said(words, code) for code in APPEAL_OUTCOMES})
        self.offer("body", {code: said(told, code) for code in bodies}, blank=len(bodies) > 1)
