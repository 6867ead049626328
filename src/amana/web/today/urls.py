"""Address of the home page."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.today import views

app_name = "today"
prefix = ""
menu = Menu(10, _("Today"), "today.see", "today:day-show")

urlpatterns = [path("", views.show_day, name="day-show")]
