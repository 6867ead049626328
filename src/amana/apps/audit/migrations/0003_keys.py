"""Tables of keys: of cases, marks of the office's own, holders of custody, emergency locks."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyMark",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=16)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("case", models.CharField(max_length=40)),
                ("closed", models.BinaryField()),
                ("closed_by", models.CharField(max_length=16)),
                ("retired", models.BooleanField(default=False)),
                ("round", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["closed_by", "id"], name="case_key_by_office_key")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired", False)), fields=("case",), name="one_key_a_case"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyLock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_by", models.UUIDField()),
                ("asked_role", models.CharField(max_length=30)),
                ("asked_at", models.DateTimeField()),
                ("joined_by", models.UUIDField(null=True)),
                ("joined_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("joined_by__isnull", True),
                            models.Q(("joined_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="two_people_lock",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Holder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("account", models.UUIDField()),
                ("role", models.CharField(max_length=30)),
                ("public", models.CharField(max_length=64)),
                ("identity", models.BinaryField(null=True)),
                ("added_by", models.UUIDField()),
                ("added_at", models.DateTimeField()),
                ("confirmed_by", models.UUIDField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("account",),
                        name="one_custody_key_an_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("added_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="second_person_confirms_custody",
                    ),
                ],
            },
        ),
    ]
