"""Whether two accounts belong to one human being, as far as the administration says so: who approves is
another person, not another account.
"""

from __future__ import annotations

from uuid import UUID

from amana.apps.accounts.models import User


def same_human(one: UUID, other: UUID) -> bool:
    """Whether two trail ids are of one account, or of two accounts with the same `person_key`."""
    rows = User.objects.filter(audit_id__in=(one, other)).exclude(person_key="")
    keys = list(rows.values_list("person_key", flat=True))
    return one == other or (len(keys) == 2 and keys[0] == keys[1])
