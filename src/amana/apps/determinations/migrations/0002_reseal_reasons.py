"""Lets the reason of an approval be encrypted anew, and nothing else of it be changed: no other column, and no
reason given or taken away afterwards. What a reason says is bound by its encryption.
"""

from django.db import migrations

TABLE = "determinations_approval"
REFUSAL = "an approval is kept as it was written"
KEPT = ("id", "determination_id", "step", "by", "role", "requested_by", "at", "on")


def _drop(schema_editor, name):
    on_table = "" if schema_editor.connection.vendor == "sqlite" else f" ON {TABLE}"
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _put(schema_editor, name, of, when=""):
    sqlite = schema_editor.connection.vendor == "sqlite"
    body = (
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        if sqlite
        else "EXECUTE FUNCTION amana_kept_approvals()"
    )
    schema_editor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE{of} ON {TABLE} FOR EACH ROW {when} {body}")


def forwards(apps, schema_editor):
    quote = schema_editor.quote_name
    _drop(schema_editor, f"{TABLE}_no_update")
    _put(schema_editor, f"{TABLE}_no_update", " OF " + ", ".join(map(quote, KEPT)))
    reason = quote("reason")
    _put(
        schema_editor,
        f"{TABLE}_no_reason_changed",
        f" OF {reason}",
        f"WHEN (NEW.{reason} IS NULL OR OLD.{reason} IS NULL)",
    )


def backwards(apps, schema_editor):
    _drop(schema_editor, f"{TABLE}_no_reason_changed")
    _drop(schema_editor, f"{TABLE}_no_update")
    _put(schema_editor, f"{TABLE}_no_update", "")


class Migration(migrations.Migration):
    dependencies = [("determinations", "0001_initial"), ("audit", "0003_keys")]

    operations = [migrations.RunPython(forwards, backwards, hints={"model_name": "approval"})]
