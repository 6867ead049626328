import uuid

import django.db.models.deletion
from django.db import migrations, models

import amana.apps.audit.sealing


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0003_sealed_assignments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("about", amana.apps.audit.sealing.SealedJson(editable=True)),
                ("words", amana.apps.audit.sealing.SealedText(editable=True)),
                ("others", models.BooleanField()),
                ("stored", models.CharField(max_length=32, unique=True)),
                ("added_on", models.DateField()),
                ("added_by", models.UUIDField()),
                ("added_at", models.DateTimeField()),
                ("withdrawn_on", models.DateField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_why", amana.apps.audit.sealing.SealedText(editable=True, null=True)),
                ("token", models.CharField(max_length=32, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("added_by", "token"), name="paper_added_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True),
                                ("withdrawn_by__isnull", True),
                                ("withdrawn_on__isnull", True),
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                ("withdrawn_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="paper_withdrawn_whole",
                    ),
                ],
            },
        ),
    ]
