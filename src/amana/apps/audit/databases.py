"""Which table stands in which database.

`default` holds the register and its trail; `operations` holds what must never wait for an import: the read
log, jobs, sessions and sign-in attempts. On SQLite they are two files; on PostgreSQL one database over two
connections, whose tables all come with `default`'s migration.
"""

from __future__ import annotations

from typing import Any

from django.db import connections, models

OPERATIONS_APPS = frozenset({"jobs"})
LIBRARY_APPS = frozenset({"account", "mfa", "socialaccount"})
"""Apps of the sign-in library, whose migrations don't ask in which file they run."""
OPERATIONS_MODELS = frozenset(
    {
        "accounts.session",
        "accounts.signinattempt",
        "accounts.usedcode",
        "audit.readchain",
        "audit.readentry",
        "audit.readpayload",
        "audit.readsubject",
        "guards.readalarm",
        "guards.readtally",
    }
)


def stands_in(app_label: str, model_name: str | None) -> str:
    """The alias a table belongs to."""
    if app_label in OPERATIONS_APPS or f"{app_label}.{model_name}" in OPERATIONS_MODELS:
        return "operations"
    return "default"


class OperationsRouter:
    """Django's database router over `stands_in`."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        """Where to read."""
        return stands_in(model._meta.app_label, model._meta.model_name)

    db_for_write = db_for_read

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool:
        """Rows of the two databases never point at each other."""
        return self.db_for_read(type(one)) == self.db_for_read(type(other))

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        """On SQLite each file gets its own tables; on PostgreSQL `default` gets all of them."""
        if connections[db].vendor != "sqlite":
            return db == "default"
        if model_name is None and app_label in LIBRARY_APPS:
            return db == "default"
        if model_name is None:
            return db == "operations" if app_label in OPERATIONS_APPS else None
        return db == stands_in(app_label, model_name)
