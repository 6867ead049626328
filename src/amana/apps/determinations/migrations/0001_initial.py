"""Tables of determinations, approvals, appeals and judicial decisions; triggers keep approvals as they were
written, whoever connects. A later migration that rebuilds the table on SQLite has to put them back.
"""

import django.db.models.deletion
from django.db import migrations, models

import amana.apps.audit.sealing

REFUSAL = "an approval is kept as it was written"
FUNCTION = (
    "CREATE OR REPLACE FUNCTION amana_kept_approvals() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
)
TABLE = "determinations_approval"
ACTIONS = ("UPDATE", "DELETE", "TRUNCATE")


def put_triggers(apps, schema_editor):
    """A trigger for each action on the table of approvals."""
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
            else f"FOR EACH {each} EXECUTE FUNCTION amana_kept_approvals()"
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
        ("decisions", "0003_figures_and_successors"),
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Determination",
            fields=[
                ("ref", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("stage", models.CharField(blank=True, default="", max_length=12)),
                ("state", models.CharField(max_length=16)),
                ("decides", models.CharField(blank=True, default="", max_length=24)),
                ("effect", models.CharField(blank=True, default="", max_length=12)),
                ("place_kind", models.CharField(blank=True, default="", max_length=16)),
                ("stance", models.CharField(blank=True, default="", max_length=12)),
                ("panel", models.JSONField(default=list)),
                ("panel_names", models.JSONField(default=list)),
                ("options", amana.apps.audit.sealing.SealedJson(editable=True, null=True)),
                ("options_considered", models.CharField(blank=True, default="", max_length=200)),
                ("child_view", amana.apps.audit.sealing.SealedText(editable=True, null=True)),
                ("mother_view", amana.apps.audit.sealing.SealedText(editable=True, null=True)),
                ("father_view", amana.apps.audit.sealing.SealedText(editable=True, null=True)),
                ("child_heard", models.CharField(blank=True, default="", max_length=12)),
                ("mother_heard", models.CharField(blank=True, default="", max_length=12)),
                ("father_heard", models.CharField(blank=True, default="", max_length=12)),
                ("evidence", amana.apps.audit.sealing.SealedJson(editable=True, null=True)),
                ("grounds", models.CharField(blank=True, default="", max_length=200)),
                ("reasons", amana.apps.audit.sealing.SealedText(editable=True, null=True)),
                ("recommendation", amana.apps.audit.sealing.SealedText(editable=True, null=True)),
                ("citations", amana.apps.audit.sealing.SealedJson(editable=True, null=True)),
                ("decided_on", models.DateField(null=True)),
                ("review_on", models.DateField(null=True)),
                ("appeal_route", amana.apps.audit.sealing.SealedText(editable=True, null=True)),
                ("appeal_until", models.DateField(null=True)),
                ("care_identified", models.BooleanField(null=True)),
                ("consulate", models.CharField(blank=True, default="", max_length=20)),
                ("exception_until", models.DateField(null=True)),
                ("label_used", models.CharField(blank=True, default="", max_length=12)),
                ("body", models.CharField(blank=True, default="", max_length=200)),
                ("author_given", models.BooleanField()),
                ("source", models.CharField(blank=True, default="", max_length=300)),
                ("age_settled", models.BooleanField(null=True)),
                ("harsher_branch", models.BooleanField(null=True)),
                ("asked_by", models.UUIDField()),
                ("asked_role", models.CharField(max_length=30)),
                ("asked_at", models.DateTimeField()),
                ("asked_on", models.DateField()),
                ("closed_by", models.UUIDField(null=True)),
                ("in_force_from", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("token", models.CharField(max_length=32, null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="decisions.decision"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="registry.person"),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="determinations.determination",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=12)),
                ("by", models.UUIDField()),
                ("role", models.CharField(max_length=30)),
                ("requested_by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("reason", amana.apps.audit.sealing.SealedText(editable=True, null=True)),
                (
                    "determination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="determinations.determination",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lodged_by", models.CharField(max_length=12)),
                ("lodged_on", models.DateField()),
                ("ground", amana.apps.audit.sealing.SealedText(editable=True, null=True)),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("outcome", models.CharField(blank=True, default="", max_length=12)),
                ("body", models.CharField(blank=True, default="", max_length=12)),
                ("decided_on", models.DateField(null=True)),
                ("reasons", amana.apps.audit.sealing.SealedText(editable=True, null=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("token", models.CharField(max_length=32, null=True)),
                (
                    "determination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="determinations.determination",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JudicialDecision",
            fields=[
                ("ref", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("court", models.CharField(max_length=200)),
                ("number", models.CharField(blank=True, default="", max_length=60)),
                ("decided_on", models.DateField()),
                ("summary", models.TextField(blank=True, default="")),
                ("source", models.CharField(max_length=300)),
                ("review_available", models.BooleanField(null=True)),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_on", models.DateField()),
                ("token", models.CharField(max_length=32, null=True)),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="determinations.judicialdecision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="registry.person"),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="determination",
            index=models.Index(fields=["state", "asked_at", "ref"], name="determination_waiting"),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("assessment", "reported")),
                    models.Q(
                        (
                            "state__in",
                            ["approved", "overturned", "rejected", "superseded", "under_appeal", "upheld"],
                        ),
                        _negated=True,
                    ),
                    models.Q(
                        ("closed_by__isnull", False),
                        models.Q(("closed_by", models.F("asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="second_person_approves",
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "recorded"), _negated=True),
                    ("kind__in", ("assessment", "reported")),
                    _connector="OR",
                ),
                name="only_records_need_no_approval",
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.UniqueConstraint(fields=("asked_by", "token"), name="determination_asked_once"),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("step__in", ["requested", "withdrawn"]), ("by", models.F("requested_by"))),
                    models.Q(
                        ("step__in", ["approved", "rejected"]),
                        models.Q(("by", models.F("requested_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "requested")), fields=("determination",), name="asked_for_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "requested"), _negated=True),
                fields=("determination",),
                name="closed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "")), fields=("determination",), name="one_open_appeal"
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(fields=("recorded_by", "token"), name="appeal_lodged_once"),
        ),
        migrations.AddConstraint(
            model_name="judicialdecision",
            constraint=models.UniqueConstraint(
                fields=("recorded_by", "token"), name="judicial_recorded_once"
            ),
        ),
        migrations.RunPython(put_triggers, take_triggers_away, hints={"model_name": "approval"}),
    ]
