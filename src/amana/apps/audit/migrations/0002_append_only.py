"""Triggers: entries can be neither changed nor deleted, payloads not changed (but erased), whoever connects."""

from django.db import migrations

ENTRIES = ("auditentry", "readentry")
PAYLOADS = ("auditpayload", "readpayload")
REFUSAL = "the trail is append-only"
FUNCTION = (
    "CREATE OR REPLACE FUNCTION amana_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
)


def refuse(model_name, actions):
    """The operation that puts a trigger for each action on one table, in the database the table stands in."""

    def forwards(apps, schema_editor):
        table = f"audit_{model_name}"
        sqlite = schema_editor.connection.vendor == "sqlite"
        if not sqlite:
            schema_editor.execute(FUNCTION)
        for action in actions:
            if sqlite and action == "TRUNCATE":
                continue
            head = f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table}"
            each = "STATEMENT" if action == "TRUNCATE" else "ROW"
            body = (
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                if sqlite
                else f"FOR EACH {each} EXECUTE FUNCTION amana_append_only()"
            )
            schema_editor.execute(f"{head} {body}")

    def backwards(apps, schema_editor):
        table = f"audit_{model_name}"
        on_table = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        for action in actions:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{action.lower()}{on_table}")

    return migrations.RunPython(forwards, backwards, hints={"model_name": model_name})


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [refuse(name, ("UPDATE", "DELETE", "TRUNCATE")) for name in ENTRIES] + [
        refuse(name, ("UPDATE",)) for name in PAYLOADS
    ]
