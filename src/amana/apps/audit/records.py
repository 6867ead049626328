"""Records that can only be written inside a command: outside `recording` every write raises.

Covers instances (save, delete) and querysets (create, get_or_create, update_or_create, bulk_create,
bulk_update, update, delete), and Django's own base manager, through which relations write. It is a guard
against forgetting the trail, not against someone with the database in hand.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.db import models
from django.db.models.signals import class_prepared

from amana.core.errors import AmanaError

writing: ContextVar[bool] = ContextVar("writing", default=False)


class WriteOutsideCommand(AmanaError):
    """A record was written without a trail; the mend is a command that opens `recording`."""

    def __init__(self, model: type[models.Model], action: str) -> None:
        super().__init__(
            f"{model._meta.label}: {action} outside a command. "
            "Write through the app's commands.py, inside `recording`."
        )


def require_writing(model: type[models.Model], action: str) -> None:
    """Raise WriteOutsideCommand unless a `recording` is open."""
    if not writing.get():
        raise WriteOutsideCommand(model, action)


class RecordQuerySet(models.QuerySet[Any]):
    """A queryset whose writing methods ask for an open `recording` first."""

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's, inside a command only."""
        require_writing(self.model, "bulk_create")
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's, inside a command only."""
        require_writing(self.model, "bulk_update")
        return super().bulk_update(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """As Django's, inside a command only."""
        require_writing(self.model, "update")
        return super().update(**kwargs)

    # Said anew for overridden methods: templates may not call them, managers get no `delete`.
    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, inside a command only."""
        require_writing(self.model, "delete")
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Record(models.Model):
    """Base of every model whose changes belong in the trail."""

    objects: Any = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's, inside a command only."""
        require_writing(type(self), "save")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """As Django's, inside a command only."""
        require_writing(type(self), "delete")
        return super().delete(*args, **kwargs)


def _guard_base_manager(sender: type[models.Model], **kwargs: Any) -> None:
    """Have `family.person_set.add(...)` ask too; said in each Meta it would need a migration."""
    if issubclass(sender, Record):
        sender._meta.base_manager_name = "objects"


class_prepared.connect(_guard_base_manager, dispatch_uid="amana.audit.records")
