import django.db.models.deletion
from django.db import migrations, models, router

AT_ONCE = 2000
NOBODY = "00000000-0000-4000-8000-000000000000"


def assign(apps, schema_editor):
    """Whoever is registered already belongs to the office's first team, held by nobody yet."""
    alias = schema_editor.connection.alias
    if not router.allow_migrate(alias, "registry", model_name="person"):
        return
    team = apps.get_model("accounts", "Team").objects.using(alias).order_by("added_at").first()
    if team is None:
        return
    person, assignment, reach = (
        apps.get_model("registry", name).objects.using(alias) for name in ("Person", "Assignment", "Reach")
    )
    rows = list(person.values_list("ref", "batch_id", "registered_at"))
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        assignment.bulk_create(
            assignment.model(
                person_id=ref, batch_id=batch, kind="case", team=team.ref, since=at.date(), by=NOBODY, at=at
            )
            for ref, batch, at in some
        )
        reach.bulk_create(
            reach.model(person_id=ref, circle=f"team:{team.ref}", since=at.date(), source="case")
            for ref, _, at in some
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_teams_and_grants"),
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("team", models.CharField(blank=True, default="", max_length=12)),
                ("official", models.UUIDField(null=True)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("classes", models.CharField(blank=True, default="", max_length=40)),
                ("purpose", models.CharField(blank=True, default="", max_length=500)),
                ("ended_on", models.DateField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.batch",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="registry.person"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_on__isnull", True), ("kind", "case")),
                        fields=["team", "official", "person"],
                        name="case_of_team",
                    ),
                    models.Index(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=["official", "kind"],
                        name="held_by_official",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True), ("kind", "case")),
                        fields=("person",),
                        name="one_standing_case_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "case"), ("official__isnull", False), _connector="OR"),
                        name="official_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("circle", models.CharField(max_length=48)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("classes", models.CharField(blank=True, default="", max_length=40)),
                ("source", models.CharField(max_length=12)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="registry.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["circle", "person", "until"], name="reach_of_circle"),
                    models.Index(fields=["person", "circle", "until"], name="reach_of_person"),
                ],
            },
        ),
        migrations.RunPython(assign, migrations.RunPython.noop),
    ]
