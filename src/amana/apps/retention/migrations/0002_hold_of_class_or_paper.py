"""Holds on one class of data or one paper."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0005_erased_people"),
        ("retention", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="retentionhold",
            name="of_class",
            field=models.CharField(blank=True, default="", max_length=3),
        ),
        migrations.AddField(
            model_name="retentionhold",
            name="of_paper",
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name="retentionhold",
            constraint=models.CheckConstraint(
                condition=models.Q(("of_class", ""), ("of_paper__isnull", True), _connector="OR"),
                name="retention_hold_of_one_thing",
            ),
        ),
    ]
