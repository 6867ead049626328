"""Count whom the filters of the people list find within an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0004_current_by_review"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="decision", name="current_by_outcome"),
        migrations.RemoveIndex(model_name="factsrow", name="facts_birth"),
        migrations.RemoveIndex(model_name="factsrow", name="facts_nationality"),
        migrations.AddIndex(
            model_name="factsrow",
            index=models.Index(
                fields=["birth_earliest", "birth_latest", "sex", "nationality", "person"], name="facts_birth"
            ),
        ),
        migrations.AddIndex(
            model_name="factsrow",
            index=models.Index(
                fields=["nationality", "sex", "birth_earliest", "birth_latest", "person"],
                name="facts_nationality",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=["decision", "outcome", "person", "needs", "superseded_at"],
                name="current_by_outcome",
            ),
        ),
    ]
