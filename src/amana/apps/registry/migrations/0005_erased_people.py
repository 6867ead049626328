"""Since when nothing is said of a person any more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_sealed_health"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="erased_on",
            field=models.DateField(null=True),
        ),
    ]
