"""Consent: taken, refused, taken back."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amana.casework import consent
from amana.casework.consent import Taken
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.requests import OfficeRequest
from amana.web.returns.forms import FLAGS, ConsentForm, WithdrawForm
from amana.web.returns.opening import SAID, acting, run

READ_OR_POST = ["GET", "HEAD", "POST"]


@access("returns.write")
@require_http_methods(READ_OR_POST)
@at_person
def consent_take(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record what was answered, and how it was asked."""

    def act(form: ConsentForm) -> None:
        told = form.cleaned_data
        taken = Taken(
            own_word=FLAGS.get(told["own_word"]),
            with_counsel=FLAGS.get(told["with_counsel"]),
            with_interpreter=FLAGS.get(told["with_interpreter"]),
            unheard=FLAGS.get(told["unheard"]),
            until=told["until"] if told["answer"] == "given" else None,
            child_said=told["child_said"],
            counsel=told["counsel"],
            language=told["language"],
            words=told["words"],
        )
        record = consent.give if told["answer"] == "given" else consent.refuse
        record(
            ref,
            told["nation"],
            told["purpose"],
            told["giver"],
            taken_on=told["taken_on"],
            token=told["token"],
            **acting(request),
            **taken,
        )

    return run(
        request,
        ref,
        ConsentForm,
        act,
        about={
            "title": _("An answer about a country"),
            "lead": _("Asked with counsel and interpreter, where nobody of the facility can hear."),
            "button": _("Record the answer"),
        },
    )


@access("returns.write")
@require_http_methods(READ_OR_POST)
@at_person
def consent_withdraw(request: OfficeRequest, ref: str) -> HttpResponse:
    """Take a consent back: the gate closes at once."""

    def act(form: WithdrawForm) -> None:
        told = form.cleaned_data
        done = consent.withdraw(ref, told["nation"], told["purpose"], told["giver"], **acting(request))
        request.session[SAID] = {"kind": "withdrawn", "stopped": done.stopped, "told": len(done.disclosed)}

    return run(
        request,
        ref,
        WithdrawForm,
        act,
        about={
            "title": _("Take a consent back"),
            "lead": _("No reason is asked for. The gate closes at once, and whatever was planned stops."),
            "button": _("Take it back"),
        },
    )
