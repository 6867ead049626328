"""Django's entry for what guards the register against its own users."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class GuardsConfig(AppConfig):
    name = "amana.apps.guards"
    label = "guards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say to the database who is asking, on every connection, put its policies in place, and count whom
        each account reads.
        """
        from amana.apps.audit.reading import was_read
        from amana.apps.guards import reading, walls

        was_read.connect(reading.note, dispatch_uid="amana.guards.reading")
        connection_created.connect(walls.see_everybody, dispatch_uid="amana.guards.walls")
        post_migrate.connect(walls.put_policies, sender=self, dispatch_uid="amana.guards.walls")
