"""Find and count people by what the safeguards find of them within an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0002_question"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=models.Q(("until__isnull", True)),
                fields=["verdict", "person", "until"],
                name="finding_people",
            ),
        ),
    ]
