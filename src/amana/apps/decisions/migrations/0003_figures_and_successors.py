"""Keep the counts that a decision on a proposal was taken on, and which proposal another takes the place of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0002_law_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="figures",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="replaces",
            field=models.CharField(blank=True, default="", max_length=12),
            preserve_default=False,
        ),
    ]
