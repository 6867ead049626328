"""Address of the people list."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.people import views

app_name = "people"
prefix = "people/"
menu = Menu(20, _("People"), "people.see", "people:person-list")

urlpatterns = [path("", views.person_list, name="person-list")]
