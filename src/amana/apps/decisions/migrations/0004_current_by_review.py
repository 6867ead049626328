"""Count coming reviews and the people under each text of law within an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0003_figures_and_successors"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=[
                    "decision",
                    "review",
                    "next_earliest",
                    "next_latest",
                    "pack_hash",
                    "superseded_at",
                ],
                name="current_by_review",
            ),
        ),
    ]
