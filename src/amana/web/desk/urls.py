"""Address of the desks."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.desk import views

app_name = "desk"
prefix = "desk/"
menu = Menu(12, _("Your desk"), "desk.see", "desk:desk-show")

urlpatterns = [path("", views.desk_show, name="desk-show")]
