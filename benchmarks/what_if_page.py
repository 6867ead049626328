"""What a changed threshold would do to an office of 1,500, as a page, through Django's test client.

`python benchmarks/what_if_page.py [PEOPLE] [REQUESTS]`. A fresh demonstration office on SQLite unless
DATABASE_URL says otherwise, prepared as `amana demo` does. Three pages, each asked for REQUESTS times (30) by
each of the two who weigh changes: the look before a change is put forward, each time with a first day that
nobody has asked about before, so that the changed law is read and everybody is decided under it; the same
look sent again; the page of the proposal that the demonstration brings. The goal is 1,000 ms at p95.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from datetime import date, timedelta
from io import StringIO
from itertools import count
from typing import Any

WARM, SHARE = 2, 0.9
PARAMETER = "stay_with_mother_max"
FIRST_DAY = date(2017, 1, 1)
CHANGE = {
    "value": "2", "reading_en": "In completed years.", "reading_ar": "بالسنوات المكتملة.",
    "source": "iq-protocol-2018/infants", "title": "A year earlier", "why": "Told by the ministry.",
    "gap_when": "age = 3 AND mother_present", "gap_title_en": "Three years", "gap_title_ar": "ثلاث سنوات",
    "look": "yes",
}  # fmt: skip


def prepare(people: int) -> Callable[[str], Any]:
    """The office; gives a client signed in under a role."""
    from amana.cli import demo

    with redirect_stdout(StringIO()):
        demo.command.main(["--people", str(people), "--prepare-only"], "demo", standalone_mode=False)
    from django.contrib.auth import get_user_model
    from django.test import Client

    def signed_in(role: str) -> Client:
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(get_user_model().objects.get(role=role))
        return client

    return signed_in


def main(people: int, requests: int) -> None:
    """Prepare the office and ask for every page."""
    signed_in = prepare(people)
    from amana.apps.decisions.models import Proposal
    from amana.apps.decisions.office_pack import office_pack
    from amana.core.policy.editing.reach import sentences
    from amana.web.law.sentences import KEEP, field_of

    proposal = f"/law/changes/{Proposal.objects.get().ref}/"
    editor, approver = signed_in("rules_editor"), signed_in("policy_approver")
    days = count()
    kept = {field_of(each): KEEP for each in sentences(office_pack(), PARAMETER, FIRST_DAY)}

    def looked(day: int) -> Any:
        told = {**CHANGE, **kept, "from_day": str(FIRST_DAY + timedelta(days=day))}
        return editor.post(f"/law/changes/new/?what=parameter:{PARAMETER}", told)

    pages: dict[str, Callable[[], Any]] = {
        "look before it is put forward, a new change": lambda: looked(next(days)),
        "the same look again": lambda: looked(0),
        "the proposal, for its author": lambda: editor.get(proposal),
        "the proposal, for whoever decides": lambda: approver.get(proposal),
    }
    print(f"{'page':46}{'p50 ms':>8}{'p95 ms':>8}{'longest':>9}{'processor p50':>15}")
    for name, ask in pages.items():
        print(measured(name, ask, people, requests), flush=True)


def measured(name: str, ask: Callable[[], Any], people: int, requests: int) -> str:
    """One line of the table, after a few requests that are not counted."""
    answers, busy = [], []
    for turn in range(requests + WARM):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = ask()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        check(name, answer, people)
        if turn >= WARM:
            answers.append(wall)
            busy.append(cpu)
    figures = ((answers, 0.5, 8), (answers, 0.95, 8), (answers, 1.0, 9), (busy, 0.5, 15))
    return f"{name:46}" + "".join(f"{part(times, at) * 1000:{width}.0f}" for times, at, width in figures)


def check(name: str, answer: Any, people: int) -> None:
    """A page that weighs nothing, or far fewer people (those whose rows were held back), has no time."""
    told = re.search(r"([\d,]+)\s+people looked at", answer.content.decode())
    weighed = int(told.group(1).replace(",", "")) if told else 0
    if answer.status_code != 200 or weighed < people * SHARE:
        raise SystemExit(f"{name}: answers {answer.status_code} and weighs {weighed:,} people.")


def part(times: Sequence[float], share: float) -> float:
    """The value that this share of the times does not exceed."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:3]]
    with tempfile.TemporaryDirectory(prefix="amana-bench-") as home:
        os.environ.update(AMANA_HOME=home, AMANA_PLAIN_HTTP="1")
        main(*(given + [1_500, 30][len(given) :]))
