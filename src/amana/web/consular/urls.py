"""Every address under /consular/, whatever follows: the desk of a mission, and silence."""

from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
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
menu = Menu(13, _("Dossiers"), "dossiers.see", "consular:dossier-list")

urlpatterns = [
    path("", views.dossier_list, name="dossier-list"),
    path("<anything:rest>", views.dossier_show, name="dossier-show"),
]
