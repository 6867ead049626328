"""The worker: takes jobs one after another, keeps them alive with a heartbeat, tells their progress, ends
them.

Handlers are named by dotted path and looked up when first needed. A handler is called as
`handler(arguments, by=Viewer, at=datetime, progress=callable)` and returns a JSON-able result; `JobRefused`
ends the job as refused. Handlers may be run twice (a worker can die), so each must be safe to repeat.
SIGTERM and SIGINT end the worker after the job in hand; a second one at once.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import close_old_connections, connections
from django.utils.module_loading import import_string

from amana.apps.accounts import attempts, factor_use
from amana.apps.accounts import queries as accounts
from amana.apps.accounts.session_store import SessionStore
from amana.apps.audit.logs import place
from amana.apps.guards.alerting import ALERT_JOB
from amana.apps.guards.commands import close_expired
from amana.apps.guards.reading import forget_old
from amana.apps.jobs import commands
from amana.apps.jobs.commands import Claimed, JobRefused, worker_seen
from amana.casework import papers
from amana.casework.nightly import NIGHT_ID, NIGHT_JOB, night
from amana.casework.sweep import LIST_JOB
from amana.exchange import staging
from amana.worker.anchoring import keep_when_due
from amana.worker.oversight import ask_for_night

HANDLERS: Mapping[str, str] = {
    "import.read": "amana.worker.imports.read",
    "import.commit": "amana.worker.imports.commit",
    "import.undo": "amana.worker.imports.undo",
    "law.decide": "amana.worker.law.decide",
    LIST_JOB: "amana.worker.oversight.sweep",
    NIGHT_JOB: "amana.worker.oversight.work_at_night",
    ALERT_JOB: "amana.worker.alerts.mail",
}
IDLE_SECONDS = 0.5
BEAT_SECONDS = 5.0
TIDY_EVERY = timedelta(hours=1)
NIGHT_EVERY = timedelta(minutes=1)
ANCHOR_EVERY = timedelta(minutes=1)
"""How often it is looked whether an anchor is due."""
log = logging.getLogger("amana.worker")

Handler = Callable[..., Mapping[str, Any]]


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


class Worker:
    """One worker process; `handlers` maps kinds to dotted names or callables."""

    def __init__(self, handlers: Mapping[str, str | Handler] = HANDLERS) -> None:
        self.handlers = handlers
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.stopping = threading.Event()
        self.tidied: datetime | None = None
        self.looked: datetime | None = None
        self.anchored: datetime | None = None

    def run(self) -> None:
        """Work until told to stop."""
        log.info("worker %s is ready", self.name)
        last = None
        while not self.stopping.is_set():
            close_old_connections()
            moment = now()
            if last is None or (moment - last).total_seconds() >= BEAT_SECONDS:
                worker_seen(worker=self.name, at=moment)
                last = moment
            if self.tidied is None or moment - self.tidied >= TIDY_EVERY:
                tidy(moment)
                self.tidied = moment
            if self.looked is None or moment - self.looked >= NIGHT_EVERY:
                ask_for_night(moment)
                self.looked = moment
            self.anchor(moment)
            if not self.work_once():
                self.stopping.wait(IDLE_SECONDS)
        log.info("worker %s has ended", self.name)

    def work_once(self) -> bool:
        """Take one job if there is one; returns whether there was."""
        job = commands.claim(worker=self.name, at=now())
        if job is None:
            return False
        with self._alive(job):
            self._do(job)
        return True

    def anchor(self, at: datetime) -> None:
        """Keep an anchor of the trail if one is due; looks at most once a minute."""
        if self.anchored is None or at - self.anchored >= ANCHOR_EVERY:
            self.anchored = at
            keep_when_due(at)

    def stop(self, *_: object) -> None:
        """End after the job in hand; told twice, at once: the job is taken again by another worker."""
        if self.stopping.is_set():
            raise SystemExit(1)
        self.stopping.set()

    def _do(self, job: Claimed) -> None:
        viewer = night() if job.kind == NIGHT_JOB and job.by == NIGHT_ID else accounts.viewer(job.by)
        if viewer is None:
            commands.refuse(job=job, reason=JobRefused("account_closed"), at=now())
            return
        try:
            handler = self._handler(job.kind)
            tell = commands.progress(job, now)
            result = handler(job.arguments, by=viewer, at=now(), progress=tell)
            commands.finish(job=job, result=result, at=now())
        except JobRefused as reason:
            commands.refuse(job=job, reason=reason, at=now())
        except Exception as error:
            # The text of an exception may quote a list; only its type and the place are logged.
            log.error("job %s (%s) broke: %s at %s", job.id, job.kind, type(error).__name__, place(error))
            commands.fail(job=job, error=type(error).__name__, at=now())

    def _handler(self, kind: str) -> Handler:
        found = self.handlers[kind]
        handler: Handler = import_string(found) if isinstance(found, str) else found
        return handler

    @contextmanager
    def _alive(self, job: Claimed) -> Iterator[None]:
        """Beat from a thread of its own while the handler works."""
        over = threading.Event()

        def beat() -> None:
            while not over.wait(BEAT_SECONDS):
                commands.beat(job=job, at=now())
                worker_seen(worker=self.name, at=now())
                self.anchor(now())
            connections.close_all()

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def tidy(at: datetime) -> None:
    """Forget what is kept for a while only: staged lists, counts of failed sign-ins, ended sessions, the
    reach of emergency openings whose time is over.
    """
    staging.sweep(at)
    papers.clear(at)
    attempts.clear_old(at)
    SessionStore.clear_expired()
    factor_use.forget_used(at)
    close_expired(by=night(), at=at)
    forget_old(at)


def main() -> None:
    """Run a worker in this process until a signal ends it."""
    worker = Worker()
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run()
