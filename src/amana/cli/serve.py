"""`amana serve`: the web on 127.0.0.1 and a worker beside it; both end together.

Refuses to start on a fault: an unmigrated database, a missing translation, an office of real people that
isn't fit to go live (`amana doctor --live`). A worker that dies is started again; when the web server dies,
all ends.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import click

from amana.core.errors import AmanaError
from amana.start import open_served_office

LAST_PORT = 65535
GRACE_SECONDS = 20
RESTART_SECONDS = 1.0
PARENT_DIED = 1  # prctl's PR_SET_PDEATHSIG


class CannotServe(AmanaError):
    """The office can't be served now; the message says what would mend it."""


@click.command("serve")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, LAST_PORT))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 32), help="Web processes.")
@click.option("--no-worker", is_flag=True, help="Leave background jobs to an `amana worker` elsewhere.")
def command(port: int, workers: int, no_worker: bool) -> None:
    """Serve the office on 127.0.0.1 until Ctrl-C.

    The demonstration is reached there as it is. Before any other office stands a proxy of this machine that
    ends https; its people are served only while `amana doctor --live` finds every condition met.
    """
    demonstration = open_served_office()
    _refuse_missing_languages()
    if demonstration:
        os.environ["AMANA_PLAIN_HTTP"] = "1"
    else:
        _tell_what_is_watched()
    refuse_taken_port(port)
    click.echo(f"Amana is served on http://127.0.0.1:{port}/ (Ctrl-C ends it)")
    raise SystemExit(Serving(port=port, web_processes=workers, with_worker=not no_worker).run())


def _tell_what_is_watched() -> None:
    """Say what of going live is missing or was a long time ago; nothing of it stops serving."""
    from amana.casework.going_live import conditions

    for found in conditions(datetime.now(UTC)):
        if found.state != "well":
            click.echo(f"{found.subject}: {found.words}. {found.mend}", err=True)


def _refuse_missing_languages() -> None:
    from amana.apps.accounts.readiness import catalogues

    found = catalogues()
    if found.state == "fault":
        raise CannotServe(f"{found.subject}: {found.words}. {found.mend}")


def refuse_taken_port(port: int) -> None:
    """Raise CannotServe where the port is taken or may not be used."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            other = port + 1 if port < LAST_PORT else port - 1
            raise CannotServe(
                f"Port {port} can't be used ({error.strerror}). Take another with --port {other}."
            ) from error


def web_command(port: int, processes: int) -> list[str]:
    """The command line of the web server."""
    return [
        *(sys.executable, "-m", "gunicorn", "amana.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(processes), "--threads", "4"),
        *("--worker-class", "gthread", "--timeout", "60", "--graceful-timeout", "10"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def worker_command() -> list[str]:
    """The command line of the worker."""
    return [sys.executable, "-m", "amana.worker"]


class Serving:
    """The two children and the signals that end them."""

    def __init__(self, *, port: int, web_processes: int, with_worker: bool) -> None:
        self.commands: dict[str, list[str]] = {"web": web_command(port, web_processes)}
        if with_worker:
            self.commands["worker"] = worker_command()
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.ending = threading.Event()

    def run(self) -> int:
        """Keep both running; returns 0 after a signal, 1 when the web server died by itself."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.ending.set())
        for name in self.commands:
            self._start(name)
        try:
            while not self.ending.wait(0.2):
                if self.children["web"].poll() is not None:
                    click.echo("The web server has ended by itself.", err=True)
                    return 1
                self._keep_worker()
        finally:
            self._end()
        return 0

    def _keep_worker(self) -> None:
        worker = self.children.get("worker")
        if worker and worker.poll() is not None:
            click.echo("The worker has ended; a new one is started.", err=True)
            self.ending.wait(RESTART_SECONDS)
            if not self.ending.is_set():
                self._start("worker")

    def _start(self, name: str) -> None:
        # A session of its own: Ctrl-C reaches this process alone, which then ends both in order.
        # This process has one thread, so a function between fork and exec is safe.
        self.children[name] = subprocess.Popen(
            self.commands[name],
            start_new_session=True,
            preexec_fn=_end_with_parent(),  # noqa: PLW1509 - one thread, see above
        )

    def _end(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux a child is told to end when this process is killed, so that no port stays taken."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None, use_errno=True)
    return lambda: library.prctl(PARENT_DIED, signal.SIGTERM)
