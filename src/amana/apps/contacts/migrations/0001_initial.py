import uuid

import django.db.models.deletion
from django.db import migrations, models

import amana.apps.audit.sealing


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0004_sealed_health"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("said", amana.apps.audit.sealing.SealedJson(editable=True)),
                ("blind", models.CharField(blank=True, default="", max_length=64)),
                ("added_on", models.DateField()),
                ("added_by", models.UUIDField()),
                ("added_at", models.DateTimeField()),
                ("ended_on", models.DateField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("token", models.CharField(max_length=32, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["blind", "person"], name="contact_by_number")],
                "constraints": [
                    models.UniqueConstraint(fields=("added_by", "token"), name="contact_added_once")
                ],
            },
        ),
    ]
