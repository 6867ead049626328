"""Work on a list or a batch: asking for it, and its progress as its page and its fragment show it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amana.apps.accounts.viewers import Viewer
from amana.apps.jobs.commands import enqueue
from amana.apps.jobs.queries import JobView
from amana.exchange import staging
from amana.exchange.staging import StagedList
from amana.web.clock import now
from amana.web.register.words import step_words


@dataclass(frozen=True)
class Work:
    """One piece of work: title, whose, how far, the fragment's address, and where to go once it is over."""

    title: str
    about: str
    step: str
    words: str
    running: bool
    done: int
    total: int
    fragment: str
    after: str


def begin_reading(staged: StagedList, viewer: Viewer) -> None:
    """Have the list read. The job is noted on the list before a worker can take it and note its own part."""
    job = uuid4()
    staging.change(staged, read_job=str(job))
    enqueue(kind="import.read", arguments={"staged": staged.token}, by=viewer, at=now(), job_id=job)


def begin_committing(staged: StagedList, viewer: Viewer) -> None:
    """Have the rows that are ready committed; noted first, as with reading."""
    job = uuid4()
    staging.change(staged, commit_job=str(job))
    enqueue(kind="import.commit", arguments={"staged": staged.token}, by=viewer, at=now(), job_id=job)


def work_of(job: JobView | None, *, title: str, about: str, step: str, fragment: str, after: str) -> Work:
    """Put a job into words; a job nobody knows counts as over, and its page tells what became of it."""
    over = job is None or job.over
    words = _("Done") if over else step_words(job.step if job else "")
    done, total = (job.done, job.total) if job else (0, 0)
    return Work(title, about, step, words, not over, done, total, fragment, after)


def show_work(request: HttpRequest, work: Work) -> HttpResponse:
    """The whole page of a piece of work."""
    return render(request, "register/progress.html", {"work": work})


def show_fragment(request: HttpRequest, work: Work) -> HttpResponse:
    """The fragment asked for again and again; once the work is over it sends the page on."""
    response = render(request, "register/_progress.html", {"work": work})
    if not work.running:
        response.headers["HX-Redirect"] = work.after
    return response
