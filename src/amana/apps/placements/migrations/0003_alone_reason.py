from django.db import migrations

import amana.apps.audit.sealing


class Migration(migrations.Migration):
    dependencies = [("placements", "0002_moves")]

    operations = [
        migrations.AddField(
            model_name="urgentmove",
            name="alone_reason",
            field=amana.apps.audit.sealing.SealedText(null=True),
        ),
    ]
