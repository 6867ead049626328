"""How many people each account reads, and the alarms that follow; in the operations database."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("guards", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadAlarm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("actor", models.UUIDField()),
                ("role", models.CharField(max_length=30)),
                ("window", models.CharField(max_length=13)),
                ("step", models.CharField(max_length=5)),
                ("people", models.PositiveIntegerField()),
                ("bound", models.PositiveIntegerField()),
                ("at", models.DateTimeField(db_index=True)),
                ("seen_by", models.UUIDField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=2000)),
            ],
        ),
        migrations.CreateModel(
            name="ReadTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("actor", models.UUIDField()),
                ("window", models.CharField(max_length=13)),
                ("marks", models.BinaryField(default=b"")),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("actor", "window"), name="one_tally_a_window")
                ],
            },
        ),
    ]
