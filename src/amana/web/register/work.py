"""The progress of work on a list or a batch, as its page and its fragment show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amana.apps.jobs.queries import JobView
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
