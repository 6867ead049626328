"""A committed batch: its counts, the rows held back, and taking it back as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from amana.apps.accounts.viewers import Viewer
from amana.apps.jobs import queries as jobs
from amana.apps.jobs.commands import enqueue
from amana.apps.jobs.queries import JobView
from amana.apps.placements import queries as placements
from amana.apps.registry import queries
from amana.apps.registry.queries import ListedRowView
from amana.web.access import access
from amana.web.clock import now
from amana.web.people.cards import place_name
from amana.web.register.downloads import rows_as_csv
from amana.web.register.refusing import Refusal, fit_to_live, refuse
from amana.web.register.words import failure_words, finding_words, obstacle_words
from amana.web.register.work import show_fragment, show_work, work_of
from amana.web.requests import OfficeRequest

PAGE = 50


def _findings(row: ListedRowView) -> list[str]:
    return [finding_words(str(message["code"])) for message in row.messages]


@access("people.register")
@require_safe
def batch_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """One batch: what came in, what was held back and why."""
    viewer = request.viewer
    batch = queries.batch(viewer, ref)
    places = {place.ref: place_name(place) for place in placements.facilities(viewer)}
    after = request.GET.get("after", "")
    start = int(after) if after.isdecimal() and len(after) < 8 else 0
    rows = queries.listed_rows(viewer, ref, status="error", after=start, limit=PAGE + 1)
    context: dict[str, Any] = {
        "batch": batch,
        "place": places.get(batch.facility, batch.facility),
        "others": batch.rows - batch.added - batch.errors - batch.duplicates - batch.known,
        "listed_on": batch.listed_on.isoformat(),
        "held_back": [
            {"number": row.number, "words": _findings(row), "original": row.original.items()}
            for row in rows[:PAGE]
        ],
        "more": str(rows[PAGE - 1].number) if len(rows) > PAGE else "",
        "first": start == 0,
        "people": f"{reverse('people:person-list')}?batch={ref}",
    }
    return render(request, "register/batch.html", context)


@access("people.register")
@require_safe
def held_back_download(request: OfficeRequest, ref: str) -> HttpResponse:
    """The rows of a batch that were held back, as a CSV file to correct and send again."""
    viewer = request.viewer
    queries.batch(viewer, ref)
    rows = ((row.number, " ".join(_findings(row)), row.original) for row in _held_back(viewer, ref))
    return rows_as_csv(rows, f"rows-held-back-{ref}.csv")


def _held_back(viewer: Viewer, ref: str) -> Iterator[ListedRowView]:
    after = 0
    while rows := queries.listed_rows(viewer, ref, status="error", after=after, limit=1000):
        yield from rows
        after = rows[-1].number


@access("people.register")
@require_http_methods(["GET", "HEAD", "POST"])
@fit_to_live
def batch_undo(request: OfficeRequest, ref: str) -> HttpResponse:
    """Ask before taking a batch back; then have it taken back."""
    viewer = request.viewer
    batch = queries.batch(viewer, ref)
    if request.method != "POST":
        return render(request, "register/undo.html", {"batch": batch})
    job = enqueue(kind="import.undo", arguments={"batch": ref}, by=viewer, at=now())
    return redirect("register:undo-show", ref, job)


def _undo_job(request: OfficeRequest, ref: str, job: UUID) -> JobView:
    found = jobs.job(job, request.viewer)
    if found is None or found.kind != "import.undo" or found.arguments.get("batch") != ref:
        raise Http404
    return found


@access("people.register")
@require_safe
def undo_show(request: OfficeRequest, ref: str, job: UUID) -> HttpResponse:
    """How taking back goes, and how it ended: gone, or what stands in the way."""
    found = _undo_job(request, ref, job)
    if not found.over:
        return show_work(request, _undo_work(ref, found))
    if found.state != "done":
        message, mend = failure_words(found.result)
        back = reverse("register:batch-show", args=[ref])
        return refuse(request, Refusal(_("The batch stays"), message, mend, back, _("Go back")), status=200)
    if not found.result.get("undone"):
        return _in_the_way(request, ref, found)
    return render(request, "register/undone.html", {"ref": ref, "people": found.result.get("people", 0)})


def _in_the_way(request: OfficeRequest, ref: str, job: JobView) -> HttpResponse:
    lines = [
        obstacle_words(str(each["kind"]), int(each["count"])) + " " + ", ".join(each.get("refs", ()))
        for each in job.result.get("obstacles", ())
    ]
    refusal = Refusal(
        _("The batch stays: something rests on it"),
        _("It can be taken back as a whole only while nothing outside it rests on its records."),
        _(
            "If a later batch stands in the way, take that one back first. Otherwise correct the single "
            "cases, each on its own page."
        ),
        reverse("register:batch-show", args=[ref]),
        _("Go back"),
        lines,
    )
    return refuse(request, refusal, status=200)


@access("people.register")
@require_safe
def undo_progress(request: OfficeRequest, ref: str, job: UUID) -> HttpResponse:
    """How far taking back is, for the page that asks again and again."""
    return show_fragment(request, _undo_work(ref, _undo_job(request, ref, job)))


def _undo_work(ref: str, job: JobView) -> Any:
    return work_of(
        job,
        title=_("Taking the batch back"),
        about=ref,
        step="",
        fragment=reverse("register:undo-progress", args=[ref, job.id]),
        after=reverse("register:undo-show", args=[ref, job.id]),
    )
