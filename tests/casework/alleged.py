"""An office in which allegations can be taken: a monitor's key that counts, an examiner's if asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from amana.apps.accounts import custody
from amana.apps.audit.recording import recording
from amana.apps.registry import assigning
from amana.casework.allegations import Telling
from amana.core import envelopes
from amana.core.envelopes import PrivateKey

AT = datetime(2018, 2, 15, 9, 30, tzinfo=UTC)
WORDS = "They beat him with a cable on the stairs, ضربوه بالسلك على الدرج."
AGAINST = "Guard Jasim Zubairi"
HERS, EXAMINERS, TAKERS = (envelopes.new_private_key() for _ in range(3))


def confirmed(owner: Any, key: PrivateKey, by: Any) -> None:
    """A key of this owner, offered and confirmed."""
    offered = custody.offer(public=key.public, by=owner, at=AT)
    custody.confirm(offered, fingerprint=envelopes.fingerprint(key.public), by=by, at=AT)


def watched(cast: Any) -> None:
    """Let the monitor's key count."""
    confirmed(cast.monitor, HERS, cast.data_protection)


def telling(**other: str) -> Telling:
    """What is told, complete."""
    told = {"kind": "ill_treatment", "told_by": "person", "agreed": "agrees", "words": WORDS}
    return Telling(**{**told, "when": "last Thursday night", "against": AGAINST, **other})


def in_reach(cast: Any, person: str) -> None:
    """Refer a person to the court's liaison and the health worker, and give her a guardian."""
    with recording(cast.supervisor, AT) as log:
        for role, kind in (
            ("court_liaison", "referral"),
            ("health_worker", "referral"),
            ("guardian", "ward"),
        ):
            official = getattr(cast, role).user_id
            assigning.give(person, kind=kind, official=official, on=date(2018, 2, 15), log=log)
