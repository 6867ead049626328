"""Tables of allegations and of the envelopes in which they stand."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Allegation",
            fields=[
                ("ref", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("told_at", models.DateTimeField()),
                ("state", models.CharField(default="told", max_length=12)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("acknowledged_by", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("token", models.CharField(max_length=32, null=True, unique=True)),
            ],
            options={
                "indexes": [models.Index(fields=["state", "told_at"], name="allegation_by_state")],
            },
        ),
        migrations.CreateModel(
            name="Sealing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("about", models.CharField(max_length=12)),
                ("content", models.BinaryField()),
                ("at", models.DateTimeField()),
                (
                    "allegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealings",
                        to="allegations.allegation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("allegation", "number"), name="sealings_in_order")
                ],
            },
        ),
    ]
