"""What every column is kept for: its data class (trust.md, C1 to C10), its purpose and its retention.

A model wraps each field: `name = kept(models.CharField(...), cls="C1", purpose="identify",
retention="case")`. Keys outside these tables are refused when the model is imported; a test walks all
models of all installed apps. Third-party tables, whose fields we can't wrap, are declared whole in
THIRD_PARTY.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

CLASSES: dict[str, str] = {
    "C1": "identity",
    "C2": "location, placement, handover",
    "C3": "nationality, consular",
    "C4": "family links, paternity",
    "C5": "protection notes, sexual violence, circumstances of birth",
    "C6": "allegations of ill-treatment, coerced statements",
    "C7": "health, psychosocial",
    "C8": "court",
    "C9": "school, programme",
    "C10": "aggregates",
    "system": "no statement about a person in the office's care",
}

PURPOSES: dict[str, str] = {
    "identify": "know which person a record is about, and not register her twice",
    "kinship": "keep families together and show who belongs to whom",
    "decide": "answer what the law in force says about a person",
    "place": "know where a person is, was and may be",
    "protect": "show what is owed to a person and whether it was done",
    "source": "show where a statement comes from and how far it carries",
    "search": "find a record from a name or reference",
    "undo": "take back a batch as a whole",
    "account": "let the right people sign in and see what their role allows",
    "office": "know which office this is and which law it applies",
    "trail": "prove who saw and who changed what",
    "operate": "run the software: jobs, sessions, bookkeeping",
}

RETENTIONS: dict[str, str] = {
    "case": "with the case, then by the office's schedule; a hold wins over erasure",
    "batch": "with the batch, so that it can be shown and taken back",
    "trail": "entries for good, payloads until erased on their own",
    "account": "while the account exists",
    "office": "while the office exists",
    "session": "until sign-out or expiry",
    "job": "until the result has been seen and the staged file is gone",
    "day": "at most a day",
}


@dataclass(frozen=True)
class Kept:
    """Why a column exists: keys of CLASSES, PURPOSES and RETENTIONS."""

    cls: str
    purpose: str
    retention: str

    def __post_init__(self) -> None:
        for key, table in ((self.cls, CLASSES), (self.purpose, PURPOSES), (self.retention, RETENTIONS)):
            if key not in table:
                raise ValueError(
                    f"{key!r} is not declared in apps/audit/columns.py; known: {', '.join(table)}"
                )


THIRD_PARTY: dict[str, Kept] = {
    "auth.Permission": Kept("system", "operate", "office"),
    "auth.Group": Kept("system", "operate", "office"),
    "auth.Group_permissions": Kept("system", "operate", "office"),
    "contenttypes.ContentType": Kept("system", "operate", "office"),
    "mfa.Authenticator": Kept("system", "account", "account"),
    # Tables of the sign-in library that stay empty: no sign-up, no mail to confirm, no app in the database.
    "account.EmailAddress": Kept("system", "account", "account"),
    "account.EmailConfirmation": Kept("system", "account", "account"),
    "socialaccount.SocialAccount": Kept("system", "account", "account"),
    "socialaccount.SocialApp": Kept("system", "account", "office"),
    "socialaccount.SocialToken": Kept("system", "account", "account"),
}


def kept(field: Any, cls: str, purpose: str, retention: str) -> Any:
    """Return the Django field with its declaration attached as `.kept`."""
    field.kept = Kept(cls, purpose, retention)
    return field


def declaration(field: models.Field) -> Kept | None:
    """The declaration of one column; an automatic key counts as the system's own."""
    own: Kept | None = getattr(field, "kept", None)
    if own is None and getattr(field, "auto_created", False):
        return Kept("system", "operate", "case")
    return own or THIRD_PARTY.get(field.model._meta.label)


def declared_columns(all_models: Iterable[type[models.Model]]) -> Iterator[tuple[str, Kept | None]]:
    """Every column of these models as (`app.Model.field`, declaration or None)."""
    for model in all_models:
        for field in model._meta.local_fields:
            yield f"{model._meta.label}.{field.name}", declaration(field)
