"""Questions of the independent monitor about findings, and the office's answers."""

import django.db.models.deletion
from django.db import migrations, models

import amana.apps.audit.sealing


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0001_initial"),
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("safeguard", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=120)),
                ("verdict", models.CharField(max_length=20)),
                ("finding", models.PositiveBigIntegerField()),
                ("text", amana.apps.audit.sealing.SealedText(editable=True)),
                ("asked_on", models.DateField()),
                ("due_on", models.DateField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("answer", amana.apps.audit.sealing.SealedText(editable=True, null=True)),
                ("answered_on", models.DateField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="registry.person"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["at", "id"], name="question_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_on__isnull", True)),
                        fields=("person", "safeguard", "key"),
                        name="one_waiting_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_by__isnull", True), ("answered_on__isnull", True)),
                            models.Q(
                                ("answered_by__isnull", False), ("answered_on__gte", models.F("asked_on"))
                            ),
                            _connector="OR",
                        ),
                        name="question_answered_after_it",
                    ),
                ],
            },
        ),
    ]
