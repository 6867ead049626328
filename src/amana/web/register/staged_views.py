"""A list on its way in: being read, laid out for checking, corrected, committed or dropped. Only its
uploader sees it.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amana.apps.jobs import queries as jobs
from amana.apps.jobs.queries import JobView
from amana.exchange import staged_reading, staging
from amana.exchange.staged_reading import Summary
from amana.exchange.staging import NotStaged, StagedList
from amana.web.access import access
from amana.web.register.downloads import rows_as_csv
from amana.web.register.preview import (
    MOST_MATCHED,
    PAGE,
    changed_mapping,
    column_lines,
    known_already,
    row_line,
    summed_errors,
)
from amana.web.register.refusing import Refusal, View, fit_to_live, refuse
from amana.web.register.words import failure_words, finding_words
from amana.web.register.work import Work, begin_committing, begin_reading, show_fragment, show_work, work_of
from amana.web.requests import OfficeRequest

HINTS = 20
"""Rows shown that may be people already registered."""


def at_staged(view: View) -> View:
    """Give the view the staged list of the address; for anybody but its uploader there is none."""

    @wraps(view)
    def found(request: OfficeRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            staged = staging.own(token, request.viewer.account)
        except NotStaged as gone:
            raise Http404 from gone
        return view(request, staged, **kwargs)

    return found


def _saw(request: OfficeRequest, staged: StagedList) -> None:
    """People of a list on its way in have no reference yet, so the list stands for them in the read log."""
    request.viewer.saw(f"list:{staged.token}")


def _job(request: OfficeRequest, staged: StagedList) -> JobView | None:
    known = staged.commit_job or staged.read_job
    return jobs.job(known, request.viewer) if known else None


def _work(staged: StagedList, job: JobView | None) -> Work:
    committing = bool(staged.commit_job)
    return work_of(
        job,
        title=_("Committing the list") if committing else _("Reading the list"),
        about=staged.file_name,
        step="commit" if committing else "read",
        fragment=reverse("register:list-progress", args=[staged.token]),
        after=reverse("register:list-check", args=[staged.token]),
    )


@access("people.register")
@require_safe
@at_staged
def list_check(request: OfficeRequest, staged: StagedList) -> HttpResponse:
    """Wherever the list stands: at work, refused, committed, or read and laid out for checking."""
    if staged.batch:
        return redirect("register:batch-show", staged.batch)
    job = _job(request, staged)
    if job is not None and not job.over:
        return show_work(request, _work(staged, job))
    if job is not None and job.state == "done" and staged.commit_job:
        return _nothing_new(request, staged, job)
    if job is not None and job.state in {"refused", "failed"}:
        return _failed(request, staged, job)
    summary = staged_reading.summary(staged)
    if summary is None:
        return _failed(request, staged, job)
    return render(request, "register/check.html", _laid_out(request, staged, summary))


def _laid_out(request: OfficeRequest, staged: StagedList, summary: Summary) -> dict[str, Any]:
    troubled = request.GET.get("rows") != "all"
    after = request.GET.get("after", "")
    start = int(after) if after.isdecimal() and len(after) < 8 else 0
    _saw(request, staged)
    rows, more = staged_reading.page(staged, troubled=troubled, after=start, limit=PAGE)
    reading = staged_reading.load(staged) if summary.total <= MOST_MATCHED else None
    matches = known_already(staged, reading, request.viewer) if reading else None
    errors, more_errors = summed_errors(staged)
    known = len(matches.known) if matches else 0
    return {
        "staged": staged,
        "listed_on": staged.listed_on.isoformat(),
        "summary": summary,
        "columns": column_lines(summary),
        "rows": [row_line(row, matches) for row in rows],
        "troubled": troubled,
        "more": str(more) if more else "",
        "first": start == 0,
        "errors": errors,
        "more_errors": more_errors,
        "known": known,
        "compared": matches is not None,
        "possible": _possible(reading, matches),
        "more_possible": max(0, len(matches.possible) - HINTS) if matches else 0,
        "ready": max(0, summary.ready - known),
    }


def _possible(reading: Any, matches: Any) -> list[Any]:
    """Rows that may be people already registered, the first of them: hints to look, never judgements."""
    if not reading or not matches:
        return []
    return [row_line(row, matches) for row in reading.rows if row.number in matches.possible][:HINTS]


def _failed(request: OfficeRequest, staged: StagedList, job: JobView | None) -> HttpResponse:
    message, mend = failure_words(job.result if job else {})
    title = _("The list was not committed") if staged.commit_job else _("The list could not be read")
    refusal = Refusal(title, message, mend, reverse("register:list-add"), _("Upload again"))
    return refuse(request, refusal, status=200, discard=reverse("register:list-discard", args=[staged.token]))


def _nothing_new(request: OfficeRequest, staged: StagedList, job: JobView) -> HttpResponse:
    told = _("Every row is known already (%(count)s), so nothing was added.") % {
        "count": job.result.get("known", 0)
    }
    lines = [str(ref) for ref in job.result.get("known_in", ())]
    refusal = Refusal(
        _("Nothing new in this list"), told, "", reverse("register:batch-list"), _("Go to the batches"), lines
    )
    staging.forget(staged)
    return refuse(request, refusal, status=200)


@access("people.register")
@require_safe
@at_staged
def list_progress(request: OfficeRequest, staged: StagedList) -> HttpResponse:
    """How far the work is, for the page that asks again and again."""
    return show_fragment(request, _work(staged, _job(request, staged)))


@access("people.register")
@require_POST
@at_staged
@fit_to_live
def columns_change(request: OfficeRequest, staged: StagedList) -> HttpResponse:
    """Take columns as corrected and read the list again."""
    summary = staged_reading.summary(staged)
    if summary is not None and not staged.commit_job:
        mapping = changed_mapping(summary, request.POST, staged.mapping)
        if mapping != dict(staged.mapping):
            begin_reading(staging.change(staged, mapping=mapping), request.viewer)
    return redirect("register:list-check", staged.token)


@access("people.register")
@require_safe
@at_staged
def held_back_download(request: OfficeRequest, staged: StagedList) -> HttpResponse:
    """The rows in error as a CSV file, each with what is wrong, to be corrected and sent again."""
    _saw(request, staged)
    rows = (
        (row.number, " ".join(finding_words(each.code) for each in row.messages), row.original)
        for row in staged_reading.held_back(staged)
    )
    return rows_as_csv(rows, "rows-held-back.csv")


@access("people.register")
@require_POST
@at_staged
@fit_to_live
def list_commit(request: OfficeRequest, staged: StagedList) -> HttpResponse:
    """Have the rows that are ready committed as one batch. Asking twice commits once."""
    job = _job(request, staged)
    busy = job is not None and not job.over
    if staged_reading.summary(staged) is not None and not busy and not staged.batch:
        begin_committing(staged, request.viewer)
    return redirect("register:list-check", staged.token)


@access("people.register")
@require_POST
@at_staged
def list_discard(request: OfficeRequest, staged: StagedList) -> HttpResponse:
    """Drop an uploaded list that was not committed."""
    job = _job(request, staged)
    if job is None or job.over:
        staging.forget(staged)
    return redirect("register:batch-list")
