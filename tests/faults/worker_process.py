"""A worker process for the tests, with handlers that count, sleep or break: `python worker_process.py MODE`.

`claim`: takes every waiting job and prints its id. `work`: runs the real loop with the handlers below.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from amana.start import start_office

start_office()

from amana.apps.jobs import commands  # noqa: E402 - Django must be ready first
from amana.worker.loop import Worker, now  # noqa: E402


def quick(arguments: dict[str, Any], *, progress: Callable[..., None], **_: Any) -> dict[str, Any]:
    """Count to ten."""
    for step in range(10):
        progress(step + 1, 10, "rows")
    return {"counted": 10}


def slow(arguments: dict[str, Any], *, progress: Callable[..., None], **_: Any) -> dict[str, Any]:
    """Take two seconds and tell of each tenth."""
    for step in range(20):
        progress(step + 1, 20, "rows")
        time.sleep(0.1)
    return {"waited": True}


def broken(arguments: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Raise with a text that must reach no log."""
    raise LookupError("Amal Jaber, born 2014")


def refused(arguments: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Refuse with a key."""
    raise commands.JobRefused("not_a_workbook", suffix=".pdf")


def main(mode: str) -> None:
    """See the module."""
    worker = Worker({"quick": quick, "slow": slow, "broken": broken, "refused": refused})
    if mode == "claim":
        while job := commands.claim(worker=worker.name, at=now()):
            print(job.id, flush=True)
        return
    signal.signal(signal.SIGTERM, worker.stop)
    print("ready", flush=True)
    worker.run()


if __name__ == "__main__":
    main(sys.argv[1])
