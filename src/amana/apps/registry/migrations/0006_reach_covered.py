"""The indexes of reach hold all that is asked of it: large circles are counted without the table."""

from django.db import migrations, models

OF = {"reach_of_circle": ["circle", "person", "until"], "reach_of_person": ["person", "circle", "until"]}


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0005_erased_people"),
    ]

    operations = [
        step
        for name, fields in OF.items()
        for step in (
            migrations.RemoveIndex("reach", name),
            migrations.AddIndex("reach", models.Index(fields=[*fields, "classes"], name=name)),
        )
    ]
