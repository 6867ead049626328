"""The table of emergency openings."""

import uuid

from django.db import migrations, models

import amana.apps.audit.sealing


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("ref", models.CharField(max_length=12)),
                ("account", models.UUIDField()),
                ("by", models.UUIDField()),
                ("role", models.CharField(max_length=30)),
                ("began_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("reason", amana.apps.audit.sealing.SealedText(editable=True)),
                ("proper", models.BooleanField(null=True)),
                ("reviewed_by", models.UUIDField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("review_reason", amana.apps.audit.sealing.SealedText(editable=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account", "began_at"], name="opening_of_account"),
                    models.Index(
                        condition=models.Q(("proper__isnull", True)),
                        fields=["began_at"],
                        name="opening_to_review",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("began_at"))), name="opening_ends_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proper__isnull", True), ("reviewed_by__isnull", True)),
                            models.Q(
                                ("proper__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("reviewed_by", models.F("by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="opening_reviewed_by_another",
                    ),
                ],
            },
        ),
    ]
