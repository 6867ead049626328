"""An office that keeps something of every kind of a child of the first team, and of one of another team."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from whose import Whose, other, own

from small_office import AT, TODAY


def both(cast: SimpleNamespace, folder: Path) -> tuple[Whose, Whose]:
    """A child in everybody's reach, and one whom only the other team reaches."""
    mine, theirs = own(cast, folder), other(cast, folder)
    _add(mine, cast, cast.caseworker, cast.supervisor)
    _add(theirs, cast, cast.other_caseworker, cast.other_supervisor)
    return mine, theirs


def _add(whose: Whose, cast: SimpleNamespace, holds: Any, answers: Any) -> None:
    """What `whose` lacks: a court's decision, a report, an urgent move, a waiver, a question with its answer,
    the papers of a return, an opening in an emergency, a hold on erasure.
    """
    from determined import judged, reported
    from moved import place, urgent
    from returning import NATION, said_no, said_yes, screened

    from amana.apps.audit.recording import recording
    from amana.apps.oversight import commands
    from amana.apps.oversight.models import Finding
    from amana.apps.registry import queries as register
    from amana.apps.retention.codes import HOLD_GROUNDS
    from amana.casework import amend, ask_office, contacts, disclose, legal_holds, protection, record_requests

    ref, who, till = whose.person, {"at": AT, "on": TODAY}, TODAY + timedelta(days=20)
    judged(ref, holds, kind="guardian")
    reported(ref, holds)
    sibling = next(line.ref for line in register.people(holds, on=TODAY, limit=50).rows if line.ref != ref)
    urgent(sibling, place("other", answers, f"Hospital of {ref}"), holds)
    _decided(ref, holds, answers)
    screened(ref, holds)
    said_no(ref, holds)
    said_yes(ref, holds, "guardian", purpose="return")
    protection.place_hold(ref, NATION, ground="A search for kin goes on.", until=till, by=holds, **who)
    disclose.prepare(ref, NATION, "enquiry", by=holds, **who)
    finding = whose.parts["finding"]
    with recording(answers, AT) as log:
        told = Finding.objects.get(pk=finding)
        commands.add_waiver(finding=told, ground="A place is being prepared.", until=till, on=TODAY, log=log)
    asked = ask_office.ask(finding, text="Why has this waited so long?", by=cast.monitor, **who)
    ask_office.answer(asked, text="A place is being prepared.", by=answers, **who)
    for attribute, stated in (("unable_to_care", "true"), ("died", "2018-01")):
        amend.add_claim(
            person=ref, attribute=attribute, stated=stated, source="document", note="A paper of the site",
            said_on=TODAY, by=holds, **who,
        )  # fmt: skip
    said = {"kind": "see", "asker": "person", "language": "tg", "words": "I want to hear what is written."}
    number = UUID(record_requests.take(ref, **said, by=holds, **who))
    told = {"answer": "partly", "reasons": "Read to her at once.", "complain": "To the officer for data."}
    record_requests.answer(ref, number, **told, by=answers, **who)
    whose.parts["request_id"] = number
    contacts.add(ref, who="Her mother's sister", phone="+992 900 123 456", by=holds, **who)
    _answered(ref, holds)
    legal_holds.place_legal_hold(
        ref, ground=HOLD_GROUNDS[0], words="The court asked for it.", review_on=till, by=holds, **who
    )
    claim = register.claims(holds, ref)[0].id
    amend.judge_claim(person=ref, claim=claim, judgement="support", reason="Seen by me.", by=holds, **who)


def _answered(ref: str, holds: Any) -> None:
    """What a mission answered to the dossier that was prepared."""
    from returning import NATION

    from amana.apps.audit.recording import recording
    from amana.apps.consents.models import ConsularAnswer, Dossier

    with recording(holds, AT) as log:
        ConsularAnswer.objects.create(
            person_id=ref, dossier=Dossier.objects.filter(person=ref).latest("recorded_at"), nation=NATION,
            said={"kind": "documents", "words": "Send us her papers."}, on=TODAY, by=holds.audit_id, at=AT,
        )  # fmt: skip
        log.entry("consular.answered", ref, {})


def _decided(ref: str, holds: Any, answers: Any) -> None:
    """A determination that a second person approved and that is appealed, and a note on a task."""
    from determined import acting, complete

    from amana.apps.audit.recording import recording
    from amana.apps.tasks.models import Handover, Task
    from amana.casework import determine

    made = determine.ask_determination(ref, **complete(), **acting(holds))
    determine.approve(
        made, reason="Well weighed by the panel, with her words.", seen_version=None, **acting(answers)
    )
    told = {
        "lodged_by": "mother",
        "lodged_on": TODAY,
        "ground": "The panel never heard her in her own words.",
    }
    determine.appeal(made, **told, **acting(holds))
    with recording(holds, AT) as log:
        task = Task.objects.filter(person=ref).first()
        Handover.objects.create(task=task, person_id=ref, note="Ask the clinic.", by_id=holds.account, at=AT)
        log.entry("task.handed_over", ref, {})
