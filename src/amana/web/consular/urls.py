"""Every address under /consular/, whatever follows."""

from django.urls import path, register_converter

from amana.web.consular import views


class Anything:
    """Whatever follows, nothing included."""

    regex = ".*"

    def to_python(self, value: str) -> str:
        """As it was asked for."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(Anything, "anything")

app_name = "consular"
prefix = "consular/"
menu = None

urlpatterns = [path("<anything:rest>", views.nothing_here, name="dossier-none")]
