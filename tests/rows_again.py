"""Records that many tests start from: entered once by the real commands, put back as rows after that.

The commands run in a transaction that is rolled back; the rows they left, the trail's among them, are what
each test gets. Going through the commands again took 60 ms of every test that needs somebody to act.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Rows = list[tuple[str, str, list[tuple[Any, ...]]]]


@dataclass(frozen=True)
class Entered:
    """What commands answered, and the rows they left: database, statement up to VALUES, values."""

    answer: Any
    rows: Rows

    def put_back(self) -> Any:
        """Insert the rows into empty tables; returns a copy of its own of what the commands answered."""
        from django.db import connections, transaction

        with ExitStack() as whole:
            # Teams name accounts and accounts name teams: foreign keys are looked at when all rows are in.
            for alias in connections:
                whole.enter_context(transaction.atomic(using=alias))
            for alias, statement, values in self.rows:
                one = f"({', '.join(['%s'] * len(values[0]))})"
                with connections[alias].cursor() as cursor:
                    cursor.execute(
                        f"{statement} VALUES {', '.join([one] * len(values))}",
                        [value for row in values for value in row],
                    )
        return deepcopy(self.answer)


def enter(commands: Callable[[], Any]) -> Entered:
    """Run the commands on empty tables, keep what they leave, and take it back."""
    from django.db import connections, transaction

    with ExitStack() as undone:
        for alias in connections:
            undone.enter_context(transaction.atomic(using=alias))
        entered = Entered(commands(), every_row())
        for alias in connections:
            transaction.set_rollback(True, using=alias)
    return entered


def every_row() -> Rows:
    """Every row of every table, tables in the order their foreign keys ask for."""
    from django.apps import apps
    from django.db import connections, router

    found: Rows = []
    for model in apps.get_models():
        if not model._meta.managed or model._meta.app_label in ("auth", "contenttypes"):
            continue
        alias = router.db_for_write(model)
        connection = connections[alias]
        names = [connection.ops.quote_name(field.column) for field in model._meta.local_concrete_fields]
        table, columns = connection.ops.quote_name(model._meta.db_table), ", ".join(names)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {table}")
            values = cursor.fetchall()
        if values:
            found.append((alias, f"INSERT INTO {table} ({columns})", values))
    return found
