"""Keeping a paper, and withdrawing one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from amana.apps.attachments import queries
from amana.apps.attachments.store import NoRoom
from amana.casework import papers
from amana.casework.papers import PaperRefused
from amana.core.papers import UnfitPaper
from amana.exchange.papers import examine
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.papers.forms import PaperForm, WithdrawForm
from amana.web.papers.in_memory import InMemory
from amana.web.papers.opening import SAID, acting, line, opened
from amana.web.requests import OfficeRequest


@access("papers.add")
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def paper_add(request: OfficeRequest, ref: str) -> HttpResponse:
    """Keep a paper. The form's key is looked at by `_paper_add`, once it is said where the file is held: in
    memory, never on the disk in the clear.
    """
    request.upload_handlers = [InMemory(request)]
    return _paper_add(request, ref)


@csrf_protect
def _paper_add(request: OfficeRequest, ref: str) -> HttpResponse:
    case, offered = opened(request, ref), papers.targets(request.viewer, ref)
    posted = request.method == "POST"
    form = PaperForm(
        request.POST if posted else None, files=request.FILES, targets=offered, today=today_of(request)
    )
    if form.is_bound and form.is_valid():
        try:
            return _kept(request, ref, form)
        except (PaperRefused, UnfitPaper) as refused:
            form.refuse(refused)
        except NoRoom as refused:
            form.add_error(None, str(refused))
    context = {"head": case.head, "form": form, "choose_again": posted}
    return render(request, "papers/add.html", context, status=422 if form.errors else 200)


def _kept(request: OfficeRequest, ref: str, form: PaperForm) -> HttpResponse:
    told = form.cleaned_data
    examined = examine(told["file"].read())
    made = papers.add(
        ref,
        told["target"],
        examined,
        words=told["words"],
        name=told["file"].name or "",
        others=told["others"] == "yes",
        token=told["token"],
        **acting(request),
    )
    request.session[SAID] = "kept"
    readable = any(each.id == made for each in queries.papers(request.viewer, ref))
    return redirect("papers:paper-show", ref, made) if readable else redirect("papers:case-list", ref)


@access("papers.add")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def paper_withdraw(request: OfficeRequest, ref: str, paper: UUID) -> HttpResponse:
    """Withdraw a paper, with a reason."""
    found = queries.paper(request.viewer, ref, paper)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            papers.withdraw(ref, paper, why=form.cleaned_data["why"], **acting(request))
            request.session[SAID] = "withdrawn"
            return redirect("papers:case-list", ref)
        except PaperRefused as refused:
            form.refuse(refused)
    context = {"head": opened(request, ref).head, "form": form, "paper": line(found)}
    return render(request, "papers/withdraw.html", context, status=422 if form.errors else 200)
