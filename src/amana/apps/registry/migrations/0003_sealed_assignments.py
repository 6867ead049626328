"""Seals why cases were assigned, offered, referred and taken back: what stands is encrypted under its case.

A migration that goes back gives the words back in the clear.
"""

import json
from datetime import UTC

from django.db import migrations, models, router

import amana.apps.audit.sealing

TEXTS = ("purpose", "reason")


def _place(row, column):
    at = row.at.astimezone(UTC).isoformat()
    return f"registry.Assignment.{column} {json.dumps([row.person_id, row.kind, str(row.by), at])}"


def _rows(apps, alias):
    rows = apps.get_model("registry", "Assignment").objects.using(alias)
    return rows.only("person_id", "kind", "by", "at", *TEXTS, *(f"plain_{name}" for name in TEXTS))


def _written(apps, schema_editor, change):
    """Change rows that say something, inside one recorded transaction; nothing is opened where none does."""
    from amana.apps.accounts.viewers import installer
    from amana.apps.audit.recording import recording

    alias = schema_editor.connection.alias
    if not router.allow_migrate(alias, "registry", model_name="assignment"):
        return
    said = models.Q(purpose__isnull=False) | models.Q(reason__isnull=False)
    plain = ~models.Q(plain_purpose="") | ~models.Q(plain_reason="")
    found = list(_rows(apps, alias).filter(said | plain))
    if not found:
        return
    with recording(installer(), found[0].at):
        for row in found:
            type(row).objects.using(alias).filter(pk=row.pk).update(**change(row))


def seal(apps, schema_editor):
    """Each text encrypted for its row."""

    def change(row):
        texts = {name: getattr(row, f"plain_{name}") for name in TEXTS}
        return {
            name: amana.apps.audit.sealing.seal(text, _place(row, name), row.person_id) if text else None
            for name, text in texts.items()
        }

    _written(apps, schema_editor, change)


def unseal(apps, schema_editor):
    """Each text in the clear again."""

    def change(row):
        return {
            f"plain_{name}": amana.apps.audit.sealing.unseal(row.__dict__[name], _place(row, name))
            for name in TEXTS
            if row.__dict__[name] is not None
        }

    _written(apps, schema_editor, change)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_keys"),
        ("registry", "0002_assignments_and_reach"),
    ]

    operations = [
        *(migrations.RenameField("assignment", name, f"plain_{name}") for name in TEXTS),
        *(
            migrations.AddField(
                "assignment", name, amana.apps.audit.sealing.SealedText(editable=True, null=True)
            )
            for name in TEXTS
        ),
        migrations.RunPython(seal, unseal),
        *(migrations.RemoveField("assignment", f"plain_{name}") for name in TEXTS),
    ]
