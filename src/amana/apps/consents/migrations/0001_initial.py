"""Tables of the country gate; triggers keep the register of disclosures as it was written, whoever connects. A
later migration that rebuilds that table on SQLite has to put them back.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import amana.apps.audit.sealing

REFUSAL = "a disclosure is kept as it was written"
FUNCTION = (
    "CREATE OR REPLACE FUNCTION amana_kept_disclosures() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
)
TABLE = "consents_disclosure"
ACTIONS = ("UPDATE", "DELETE", "TRUNCATE")


def put_triggers(apps, schema_editor):
    """A trigger for each action on the register of disclosures."""
    sqlite = schema_editor.connection.vendor == "sqlite"
    if not sqlite:
        schema_editor.execute(FUNCTION)
    for action in ACTIONS:
        if sqlite and action == "TRUNCATE":
            continue
        head = f"CREATE TRIGGER {TABLE}_no_{action.lower()} BEFORE {action} ON {TABLE}"
        each = "STATEMENT" if action == "TRUNCATE" else "ROW"
        body = (
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            if sqlite
            else f"FOR EACH {each} EXECUTE FUNCTION amana_kept_disclosures()"
        )
        schema_editor.execute(f"{head} {body}")


def take_triggers_away(apps, schema_editor):
    """The inverse of `put_triggers`."""
    on_table = "" if schema_editor.connection.vendor == "sqlite" else f" ON {TABLE}"
    for action in ACTIONS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{action.lower()}{on_table}")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0002_assignments_and_reach"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("nation", models.CharField(blank=True, default="", max_length=3)),
                ("number", models.PositiveIntegerField(default=1)),
                ("on", models.DateField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_on", models.DateField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("token", models.CharField(max_length=32, null=True)),
                ("step", models.CharField(max_length=12)),
                ("content", amana.apps.audit.sealing.SealedJson(editable=True)),
                ("digest", models.CharField(max_length=64)),
                ("released_on", models.DateField(null=True)),
                ("released_by", models.UUIDField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("nation", models.CharField(max_length=3)),
                ("step", models.CharField(max_length=12)),
                ("channel", models.CharField(max_length=12)),
                ("recipient", models.CharField(max_length=200)),
                ("gate", models.CharField(max_length=64)),
                ("on", models.DateField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("token", models.CharField(max_length=32, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consents.dossier"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("nation", models.CharField(blank=True, default="", max_length=3)),
                ("number", models.PositiveIntegerField(default=1)),
                ("on", models.DateField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_on", models.DateField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("token", models.CharField(max_length=32, null=True)),
                ("until", models.DateField()),
                ("said", amana.apps.audit.sealing.SealedJson(editable=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlannedStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("nation", models.CharField(blank=True, default="", max_length=3)),
                ("number", models.PositiveIntegerField(default=1)),
                ("on", models.DateField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_on", models.DateField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("token", models.CharField(max_length=32, null=True)),
                ("step", models.CharField(max_length=12)),
                ("planned_for", models.DateField()),
                ("state", models.CharField(max_length=8)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProtectionClaim",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("nation", models.CharField(blank=True, default="", max_length=3)),
                ("number", models.PositiveIntegerField(default=1)),
                ("on", models.DateField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_on", models.DateField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("token", models.CharField(max_length=32, null=True)),
                ("said", amana.apps.audit.sealing.SealedJson(editable=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("nation", models.CharField(blank=True, default="", max_length=3)),
                ("number", models.PositiveIntegerField(default=1)),
                ("on", models.DateField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_on", models.DateField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("token", models.CharField(max_length=32, null=True)),
                ("said", amana.apps.audit.sealing.SealedJson(editable=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("nation", models.CharField(blank=True, default="", max_length=3)),
                ("number", models.PositiveIntegerField(default=1)),
                ("on", models.DateField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_on", models.DateField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("token", models.CharField(max_length=32, null=True)),
                ("purpose", models.CharField(max_length=12)),
                ("giver", models.CharField(max_length=12)),
                ("said", amana.apps.audit.sealing.SealedJson(editable=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "nation", "purpose", "giver", "number"), name="consent_in_order"
                    ),
                    models.UniqueConstraint(fields=("recorded_by", "token"), name="consent_taken_once"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                fields=("person", "nation", "step", "number"), name="dossier_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(fields=("recorded_by", "token"), name="dossier_prepared_once"),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("released_at__isnull", True),
                        ("released_by__isnull", True),
                        ("released_on__isnull", True),
                    ),
                    models.Q(
                        ("released_at__isnull", False),
                        ("released_by__isnull", False),
                        ("released_on__isnull", False),
                        models.Q(("released_by", models.F("recorded_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="dossier_released_by_another",
            ),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["person", "nation"], name="disclosure_of_person"),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.UniqueConstraint(fields=("by", "token"), name="disclosed_once"),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(fields=("person", "number"), name="hold_in_order"),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(fields=("recorded_by", "token"), name="hold_placed_once"),
        ),
        migrations.AddConstraint(
            model_name="plannedstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "planned")),
                fields=("person", "nation", "step"),
                name="one_planned_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionclaim",
            constraint=models.UniqueConstraint(fields=("person", "number"), name="claim_in_order"),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.UniqueConstraint(
                fields=("person", "nation", "number"), name="screening_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.UniqueConstraint(
                fields=("recorded_by", "token"), name="screening_recorded_once"
            ),
        ),
        migrations.RunPython(put_triggers, take_triggers_away, hints={"model_name": "disclosure"}),
    ]
