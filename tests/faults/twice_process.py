"""Two commits of one list that both looked for known rows before either wrote: `python twice_process.py
MEETING`.

MEETING is a folder; each process leaves a file in it once it has looked, and goes on when two stand there,
or after two seconds where the database lets only one look at a time. Prints what was added and the batches
that knew the rows.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from amana.start import start_office

start_office()
sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))

from small_lists import many  # noqa: E402 - Django must be ready first

from amana.apps.accounts import queries  # noqa: E402
from amana.casework import intake  # noqa: E402

AT, TODAY = datetime(2018, 2, 15, 9, 0, tzinfo=UTC), date(2018, 2, 15)


def main(meeting: Path) -> None:
    """See the module."""
    looked = intake._unknown

    def look_and_wait(*asked: Any) -> Any:
        found = looked(*asked)
        (meeting / str(os.getpid())).touch()
        deadline = time.monotonic() + 2
        while len(list(meeting.iterdir())) < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        return found

    intake._unknown = look_and_wait
    by = queries.viewer_by_email("registrar@office.example")
    assert by
    done = intake.commit(many(20), facility=None, sender="Sender", by=by, at=AT, on=TODAY)
    print(done.added, done.known, done.batch or "-", *done.known_in)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
