"""A list is committed while a change is adopted and everybody decided anew: prints how many stand decided
under another text than the office's in the end, and whether the list was still open when adoption was asked.
"""

from __future__ import annotations

import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from amana.start import start_office

start_office()
sys.path.insert(0, str(Path(__file__).parent))

from law_changes import until_three  # noqa: E402 - Django must be ready first
from small_lists import SENDER, many  # noqa: E402

from amana.apps.accounts import queries  # noqa: E402
from amana.apps.decisions.law_queries import decided_otherwise  # noqa: E402
from amana.apps.decisions.models import Decision  # noqa: E402
from amana.apps.decisions.office_pack import office_pack  # noqa: E402
from amana.apps.placements.commands import add_facility  # noqa: E402
from amana.casework import decide, entering, intake, proposals  # noqa: E402
from amana.worker import law  # noqa: E402

AT, TODAY = datetime(2018, 2, 15, 9, 0, tzinfo=UTC), date(2018, 2, 15)


def role(name: str) -> Any:
    return queries.viewer_by_email(f"{name}@office.example")


registrar, approver = role("registrar"), role("policy_approver")
site = add_facility(name_en="Site A", name_ar="", kind="detention", by=registrar, at=AT)
told: dict[str, Any] = {"facility": site, "sender": SENDER, "by": registrar, "at": AT, "on": TODAY}
intake.commit(many(4), **told)
words = {"title": "Until three", "reason": "Said so.", "by": role("rules_editor"), "at": AT}
ref = proposals.propose(until_three(), **words)
decided, asked = threading.Event(), threading.Event()


def adopt() -> None:
    decided.wait(10)
    asked.set()
    proposals.adopt(ref, reason="Agreed.", by=approver, at=AT)
    law.decide({"hash": office_pack().hash}, by=approver, at=AT, progress=lambda *each: None)


def decide_and_wait(refs: Any, **what: Any) -> int:
    """As the list does; then adoption is asked for, with the list still open."""
    stored = decide.decide_people(refs, **what)
    if not decided.is_set():
        decided.set()
        asked.wait(10)
        adopting.join(1.5)  # were it not made to wait, adoption and its work would be through by now
    return stored


entering.decide_people = decide_and_wait
adopting = threading.Thread(target=adopt)
adopting.start()
intake.commit(many(5, seed=2), **told)
adopting.join(30)
print(decided_otherwise(office_pack().hash), Decision.objects.filter(superseded_at=None).count())
print(asked.is_set(), office_pack().hash != Decision.objects.order_by("pk")[0].pack_hash)
