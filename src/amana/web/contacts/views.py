"""The contacts of a case, and the page that finds whose number this is among one's own cases."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from amana.apps.contacts import queries
from amana.apps.decisions.office_pack import office_pack
from amana.apps.registry.queries import lines
from amana.casework import contacts
from amana.casework.contacts import ContactRefused
from amana.web.access import access
from amana.web.case.head import open_case
from amana.web.case.references import at_person
from amana.web.clock import now, today_of
from amana.web.contacts.forms import ContactForm, NumberForm
from amana.web.people.names import names
from amana.web.requests import OfficeRequest


@access("people.see")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def case_list(request: OfficeRequest, ref: str) -> HttpResponse:
    """Whom to call for a person; who may writes another."""
    viewer, on = request.viewer, today_of(request)
    found = queries.contacts(viewer, ref)
    may_write = contacts.may_write(viewer, ref)
    if request.method == "POST" and not may_write:
        raise Http404
    form = ContactForm(request.POST if request.method == "POST" else None, today=on)
    if form.is_bound and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("who", "phone", "token")}
        try:
            contacts.add(ref, **told, by=viewer, at=now(), on=on)
            return redirect("contacts:case-list", ref)
        except ContactRefused as refused:
            form.refuse(refused)
    head = open_case(viewer, ref, on, office_pack(), "contacts").head
    context = {"head": head, "rows": found, "form": form if may_write else None}
    return render(request, "contacts/case.html", context, status=422 if form.errors else 200)


@access("people.amend")
@require_POST
@at_person
def contact_end(request: OfficeRequest, ref: str, contact: UUID) -> HttpResponse:
    """End a contact."""
    try:
        contacts.end(ref, contact, by=request.viewer, at=now(), on=today_of(request))
    except ContactRefused as refused:
        raise Http404 from refused
    return redirect("contacts:case-list", ref)


@access("people.amend")
@require_http_methods(["GET", "HEAD", "POST"])
def number_find(request: OfficeRequest) -> HttpResponse:
    """Whose number this is, among the cases of whoever asks."""
    viewer = request.viewer
    form, found = NumberForm(request.POST if request.method == "POST" else None), None
    if form.is_bound and form.is_valid():
        refs = queries.whose(viewer, form.cleaned_data["phone"])
        found = [(ref, names(line)[0]) for ref, line in lines(viewer, refs).items()]
    context = {"form": form, "found": found}
    return render(request, "contacts/find.html", context, status=422 if form.errors else 200)
