from django.db import migrations, router

AT_ONCE = 2000


def reach(apps, schema_editor):
    """Whoever keeps a place reaches those whose stay there is open."""
    alias = schema_editor.connection.alias
    if not router.allow_migrate(alias, "placements", model_name="stay"):
        return
    stays = apps.get_model("placements", "Stay").objects.using(alias).filter(until__isnull=True)
    reached = apps.get_model("registry", "Reach").objects.using(alias)
    rows = list(stays.values_list("person_id", "facility_id", "since"))
    for start in range(0, len(rows), AT_ONCE):
        reached.bulk_create(
            reached.model(person_id=person, circle=f"site:{facility}", since=since, source="stay")
            for person, facility, since in rows[start : start + AT_ONCE]
        )


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0003_alone_reason"),
        ("registry", "0002_assignments_and_reach"),
    ]

    operations = [migrations.RunPython(reach, migrations.RunPython.noop)]
