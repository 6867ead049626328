"""A process that seals a thousand canaries in an office, a thousand more to a monitor, logging all it can.

`python sealing_process.py MARK TAKEN`: MARK stands in every canary; the home is copied to TAKEN while the
databases are open, so that the write-ahead logs are among the copies.
"""

from __future__ import annotations

import logging
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
PEOPLE, EACH = 50, 10


def main(mark: str, taken: Path) -> None:
    """Seal, roll something back, copy."""
    from amana.start import start_office

    start_office()
    from django.conf import settings

    logging.getLogger().setLevel(logging.DEBUG)
    logging.getLogger("django").setLevel(logging.DEBUG)
    settings.DEBUG = True  # statements are logged with their parameters
    seal(mark)
    keep_papers(mark)
    envelop(mark)
    allege(mark)
    fail(mark)
    shutil.copytree(settings.HOME, taken)


def seal(mark: str) -> None:
    """Five hundred waivers with two texts each."""
    from amana.apps.accounts.viewers import installer
    from amana.apps.audit.recording import recording
    from amana.apps.audit.sealing import sealed_for
    from amana.apps.oversight.models import Waiver
    from amana.apps.registry.models import Person

    with recording(installer(), AT) as log:
        for number in range(PEOPLE):
            ref = f"P-{number:07d}"
            Person.objects.create(ref=ref, folded=" x", registered_at=AT)
            for turn in range(EACH):
                row = Waiver.objects.create(
                    person_id=ref,
                    safeguard="S11",
                    key=f"k{turn}",
                    verdict="overdue",
                    ground=f"{mark}-ground-{number}-{turn}",
                    made_on=date(2018, 2, 15),
                    until=date(2018, 3, 1),
                    by=installer().audit_id,
                    at=AT + timedelta(minutes=turn),
                )
                told = sealed_for(row, "ended_reason", f"{mark}-ended-{number}-{turn}")
                Waiver.objects.filter(pk=row.pk).update(ended_reason=told)
        log.entry("test.sealed", "office", {"people": PEOPLE})


def keep_papers(mark: str) -> None:
    """Twenty papers with a canary in their words, name, copy and original; a pregnancy and its words of each
    of their people.
    """
    from amana.apps.accounts.viewers import installer
    from amana.apps.attachments import commands
    from amana.apps.audit.recording import recording
    from amana.apps.registry.models import Claim
    from amana.core.papers import Examined

    with recording(installer(), AT) as log:
        for number in range(20):
            ref, told = f"P-{number:07d}", f"{mark}-paper-{number}"
            paper = Examined("text", told.encode(), f"{told}-original".encode(), told.encode(), 1, ())
            commands.add(
                ref,
                ("person", ""),
                "C7",
                paper,
                words=f"{told}-words",
                name=f"{told}.txt",
                others=False,
                on=AT.date(),
                log=log,
                token="",
            )
            said = {"flag": True, "stated": f"{mark}-months-{number}"}
            Claim.objects.create(
                person_id=ref, attribute="pregnant", stated="", standing="claimed", source="list:B-2222222",
                on=AT.date(), sealed=said,
            )  # fmt: skip


def envelop(mark: str) -> None:
    """A thousand texts to a monitor whose private key is gone when this returns."""
    from amana.apps.accounts import custody
    from amana.apps.accounts.viewers import installer
    from amana.apps.audit.key_models import Holder
    from amana.apps.audit.recording import recording
    from amana.core import envelopes

    hers = envelopes.new_private_key().public
    with recording(installer(), AT):
        Holder.objects.bulk_create(
            Holder(
                account=uuid4(),
                role="monitor",
                public=hers,
                identity=custody.seal_to([hers], f"{mark}-C6-{number}", "a place"),
                added_by=uuid4(),
                added_at=AT,
            )
            for number in range(1000)
        )


def allege(mark: str) -> None:
    """A hundred allegations with canaries in six of their fields, to a monitor whose private key is gone."""
    from amana.apps.allegations import commands
    from amana.apps.audit.recording import recording
    from amana.core import envelopes

    hers = envelopes.new_private_key().public
    fields = ("person", "name_latin", "place_en", "words", "against", "taken_name")
    for number in range(100):
        told = {name: f"{mark}-{name}-{number}" for name in fields}
        with recording(commands.TAKER, AT) as log:
            commands.store(told, [hers], token=uuid4().hex, log=log)


def fail(mark: str) -> None:
    """A record that is refused, so that its error is logged."""
    from django.db import IntegrityError

    from amana.apps.accounts.viewers import installer
    from amana.apps.audit.recording import recording
    from amana.apps.oversight.models import Waiver

    row = Waiver.objects.first()
    assert row is not None
    row.until, row.ground = date(2000, 1, 1), f"{mark}-refused"
    try:
        with recording(installer(), AT):
            row.save()
    except IntegrityError:
        logging.getLogger("amana").exception("refused: %r", row.__dict__.get("ended_reason"))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
