"""Reasons that officials gave to read what their role reads with a reason only."""

import uuid

from django.db import migrations, models

import amana.apps.audit.sealing


class Migration(migrations.Migration):
    dependencies = [
        ("guards", "0002_reading"),
    ]

    operations = [
        migrations.CreateModel(
            name="GivenReason",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("ref", models.CharField(max_length=12)),
                ("cls", models.CharField(max_length=3)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("reason", amana.apps.audit.sealing.SealedText(editable=True)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
