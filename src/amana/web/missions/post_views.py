"""Who sits at the desk of which country: named by one official, confirmed by another outside casework."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amana.apps.consents import desk
from amana.casework import consular
from amana.casework.consent import ReturnRefused
from amana.web.access import access
from amana.web.clock import now, today_of
from amana.web.consular.words import refusal_words
from amana.web.missions.forms import PostForm
from amana.web.requests import OfficeRequest
from amana.wording.languages import state_in_words


@access("missions.name", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def post_list(request: OfficeRequest) -> HttpResponse:
    """Every post, and naming another."""
    on = today_of(request)
    form = PostForm(request.POST if request.method == "POST" else None, today=on, accounts=desk.consuls())
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            account = UUID(told["account"])
            consular.name_consul(account, told["nation"], by=request.viewer, at=now(), on=on)
            return redirect("missions:post-list")
        except ReturnRefused as refused:
            form.refuse(refused)
    return _page(request, form=form, status=422 if form.errors else 200)


@access("missions.confirm")
@require_safe
def post_waiting(request: OfficeRequest) -> HttpResponse:
    """Every post, for who confirms."""
    return _page(request)


@access("missions.confirm", fresh=True)
@require_POST
def post_confirm(request: OfficeRequest, post: UUID) -> HttpResponse:
    """Open the desk of the country to the account."""
    viewer = request.viewer
    return _do(request, lambda: consular.confirm_consul(post, by=viewer, at=now(), on=today_of(request)))


@access("missions.name")
@require_POST
def post_withdraw(request: OfficeRequest, post: UUID) -> HttpResponse:
    """The same for who names officers."""
    viewer = request.viewer
    return _do(
        request,
        lambda: consular.end_consul(post, by=viewer, at=now(), on=today_of(request)),
        back="missions:post-list",
    )


@access("missions.confirm")
@require_POST
def post_end(request: OfficeRequest, post: UUID) -> HttpResponse:
    """Shut the desk to the account at once."""
    viewer = request.viewer
    return _do(request, lambda: consular.end_consul(post, by=viewer, at=now(), on=today_of(request)))


def _do(request: OfficeRequest, act: Callable[[], None], back: str = "missions:post-waiting") -> HttpResponse:
    try:
        act()
    except ReturnRefused as refused:
        return _page(request, refused=refusal_words(refused), status=422)
    return redirect(back)


def _page(
    request: OfficeRequest, *, form: PostForm | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    may_confirm = request.viewer.may(desk.CONFIRM)
    rows = [
        {
            "it": each,
            "country": state_in_words(each.nation),
            "confirmable": may_confirm and not (each.confirmed_on or each.ended_on or each.mine),
            "end": "" if each.ended_on else f"missions:post-{'end' if may_confirm else 'withdraw'}",
        }
        for each in desk.posts(request.viewer)
    ]
    context = {"rows": rows, "form": form, "refused": refused}
    return render(request, "missions/posts.html", context, status=status)
