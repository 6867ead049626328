"""What the accounts in use say of the office as a whole: the roles held."""

from __future__ import annotations

from amana.apps.accounts.models import User


def roles_in_use() -> frozenset[str]:
    """Every role that an open account holds."""
    return frozenset(User.objects.filter(is_active=True).values_list("role", flat=True))
