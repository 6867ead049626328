"""Handlers of lists on their way in: read a staged list, commit it, take its batch back.

Each is called as `handler(arguments, by=Viewer, at=datetime, progress=callable)` and may be run twice:
reading replaces the earlier reading, a committed list is known again, a batch taken back stays so. A
refusal's key is one that the register's pages put into words; for a file that can't be read it is the
reader's own code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any

from amana.apps.accounts.queries import NoOffice, office
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.jobs.commands import JobRefused
from amana.apps.registry.queries import columns_of_sender
from amana.casework import intake
from amana.casework.entering import Progress
from amana.casework.going_live import NotFit, require
from amana.casework.intake import IntakeRefused
from amana.casework.listing import BadMapping, ListRead, NoListFound, Workbook, column_letter, read_list
from amana.casework.sweep import ask_for_sweep
from amana.exchange import staged_reading, staging
from amana.exchange.sheets import UnreadableFile, read_bytes
from amana.exchange.staged_seal import SpoiltStaged
from amana.exchange.staging import NotStaged, StagedList
from amana.exchange.vocabulary import intake_vocabulary

Result = Mapping[str, Any]

REFUSALS: Mapping[type[Exception], str] = {
    NotStaged: "not_staged",
    SpoiltStaged: "not_staged",
    NoListFound: "no_list_found",
    BadMapping: "bad_mapping",
    IntakeRefused: "intake_refused",
    NotForYou: "not_for_you",
    NoOffice: "not_fit",
    NotFit: "not_fit",
}


def read(arguments: Mapping[str, Any], *, by: Viewer, at: datetime, progress: Progress) -> Result:
    """Read the staged list `arguments["staged"]` and keep the reading beside it; returns the counts by
    status.
    """
    with _refusing():
        staged = _own(arguments, by, at)
        progress(0, 0, "read")
        workbook = read_bytes(staged.content())
        reading = _read(workbook, staged, progress)
        remembered = {} if staged.mapping else _remembered(reading, by, staged.sender)
        if remembered:
            staged = staging.change(staged, mapping=remembered)
            reading = _read(workbook, staged, progress)
        staged_reading.keep(staged, reading)
    return {"counts": reading.counts()}


def _read(workbook: Workbook, staged: StagedList, progress: Progress) -> ListRead:
    return read_list(
        workbook,
        listed_on=staged.listed_on,
        vocabulary=intake_vocabulary(),
        mapping=staged.mapping or None,
        progress=lambda done, total: progress(done, total, "read"),
    )


def _remembered(reading: ListRead, by: Viewer, sender: str) -> dict[str, str]:
    """What this sender's last list taught of columns that are guessed otherwise here: letter -> field."""
    taught = columns_of_sender(by, " ".join(sender.split()))
    return {
        column_letter(column.index): taught[column.heading]
        for column in reading.columns
        if column.reason != "refused" and taught.get(column.heading, column.field) != column.field
    }


def commit(arguments: Mapping[str, Any], *, by: Viewer, at: datetime, progress: Progress) -> Result:
    """Commit the staged list `arguments["staged"]` as it was read; returns what became of it
    (`BatchResult`).
    """
    with _refusing():
        staged = _own(arguments, by, at)
        if staged.batch:
            ask_for_sweep(staged.batch, by=by, at=at)
            return {"batch": staged.batch}
        reading = staged_reading.load(staged)
        if reading is None:
            raise NotStaged
        result = intake.commit(
            reading,
            facility=staged.facility or None,
            sender=staged.sender,
            by=by,
            at=at,
            on=office().today(at.date()),
            file_name=staged.file_name,
            progress=progress,
        )
    if result.batch:
        staging.committed(staged.token, result.batch)
        ask_for_sweep(result.batch, by=by, at=at)
    return asdict(result)


def undo(arguments: Mapping[str, Any], *, by: Viewer, at: datetime, progress: Progress) -> Result:
    """Take the batch `arguments["batch"]` back; returns whether, how many people, or what stands in the
    way.
    """
    with _refusing():
        progress(0, 0, "undo")
        return asdict(intake.undo(str(arguments["batch"]), by=by, at=at))


def _own(arguments: Mapping[str, Any], by: Viewer, at: datetime) -> StagedList:
    """The staged list, if it is the asker's and this is an office that may import. Raises `NotFit`."""
    by.require("people.register")
    require(at)
    return staging.own(str(arguments["staged"]), by.account)


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what the asker can mend into a refusal of the job."""
    try:
        yield
    except UnreadableFile as unreadable:
        raise JobRefused(unreadable.code) from unreadable
    except tuple(REFUSALS) as error:
        raise JobRefused(REFUSALS[type(error)]) from error
