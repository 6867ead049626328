import secrets
from datetime import UTC, datetime

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models, router

from amana.core.reference import new_reference

LONG_AGO = datetime(2018, 1, 1, tzinfo=UTC)


def divide(apps, schema_editor):
    """An office that is open already gets its first team, with everybody in it."""
    alias = schema_editor.connection.alias
    if not router.allow_migrate(alias, "accounts", model_name="office"):
        return
    office = apps.get_model("accounts", "Office").objects.using(alias).first()
    if office is None:
        return
    users = apps.get_model("accounts", "User").objects.using(alias)
    opened = users.order_by("added_at").values_list("added_at", flat=True).first() or LONG_AGO
    ref = new_reference("T", secrets.SystemRandom())
    apps.get_model("accounts", "Team").objects.using(alias).create(
        ref=ref, name=office.name_en, added_at=opened
    )
    users.update(team_id=ref)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="asked_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="confirmed_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="person_key",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.AddField(
            model_name="user",
            name="requested",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="user",
            name="sites",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("ref", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("added_at", models.DateTimeField()),
                (
                    "first_official",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_of",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="user",
            name="team",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="accounts.team",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"), name="team_name_once"
            ),
        ),
        migrations.RunPython(divide, migrations.RunPython.noop),
    ]
