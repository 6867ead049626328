"""Adopt a proposal at the same moment as other processes do: `python adopting_process.py MEETING COUNT REF`.

MEETING is a folder; each process leaves a file in it when it is ready, and goes on when COUNT stand there.
Prints what came of it. Without arguments it makes two proposals on one text and prints their references.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from amana.start import start_office

start_office()
sys.path.insert(0, str(Path(__file__).parent))

from law_changes import until_three  # noqa: E402 - Django must be ready first

from amana.apps.accounts import queries  # noqa: E402
from amana.casework import proposals  # noqa: E402
from amana.core.errors import AmanaError  # noqa: E402

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)


def prepare() -> None:
    """Two proposals of different days on the shipped text."""
    by = queries.viewer_by_email("rules_editor@office.example")
    assert by is not None
    for day in (date(2018, 2, 1), date(2018, 3, 1)):
        told = {"title": str(day), "reason": "Said so.", "by": by, "at": AT}
        print(proposals.propose(until_three(from_=day), **told))


def adopt(meeting: Path, count: int, ref: str) -> None:
    """See the module."""
    by = queries.viewer_by_email("policy_approver@office.example")
    assert by is not None
    (meeting / str(os.getpid())).touch()
    deadline = time.monotonic() + 20
    while len(list(meeting.iterdir())) < count and time.monotonic() < deadline:
        time.sleep(0.005)
    try:
        proposals.adopt(ref, reason="At once.", by=by, at=AT)
        print("adopted")
    except AmanaError as refused:
        print(type(refused).__name__)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        prepare()
    else:
        adopt(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
