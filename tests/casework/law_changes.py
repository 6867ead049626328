"""Changes of law that tests propose: the reading “until the age of three”, with the gap that it opens."""

from __future__ import annotations

from datetime import date
from typing import Any

from amana.core.policy.editing.edits import Edit

FROM = date(2018, 2, 1)
STATEMENT = {
    "id": "later-statement",
    "title": {"en": "A later statement", "ar": "تصريح لاحق"},
    "kind": "reported-practice",
    "standing": "reported",
    "where_read": "an invented newspaper",
}
GAP = {
    "id": "children-of-three",
    "decision": "placement",
    "in_force": {"from": FROM.isoformat()},
    "when": "age > :stay_with_mother_max AND age < :state_home_min",
    "title": {"en": "Children of three", "ar": "أطفال في الثالثة"},
}


def until_three(gap: bool = True, from_: date = FROM, **content: Any) -> Edit:
    """Children stay with their mother until the third birthday instead of the fourth."""
    told = {
        "value": 2,
        "source": "later-statement",
        "reading": {"en": "Until the third birthday.", "ar": "حتى إتمام الثالثة."},
        "instrument": STATEMENT,
        **({"gaps": [{**GAP, "in_force": {"from": from_.isoformat()}}]} if gap else {}),
        **content,
    }
    return Edit("parameter", "stay_with_mother_max", from_, told)
