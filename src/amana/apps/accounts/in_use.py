"""What the accounts in use say of the office as a whole: roles held, second factors still missing."""

from __future__ import annotations

from django.apps import apps

from amana.apps.accounts.models import User

FACTORS = "allauth.mfa"


def roles_in_use() -> frozenset[str]:
    """Every role that an open account holds."""
    return frozenset(User.objects.filter(is_active=True).values_list("role", flat=True))


def without_factor() -> int | None:
    """How many open accounts have no second factor yet; None where this version knows none."""
    if not apps.is_installed(FACTORS):
        return None
    held = apps.get_model("mfa", "Authenticator").objects.exclude(type="recovery_codes")
    return User.objects.filter(is_active=True).exclude(pk__in=held.values("user_id")).count()
