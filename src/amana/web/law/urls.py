"""Addresses of the law pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.law import views

app_name = "law"
prefix = "law/"
menu = Menu(90, _("Law"), "law.see", "law:pack-list")

urlpatterns = [
    path("", views.list_packs, name="pack-list"),
    path("<slug:pack>/", views.show_pack, name="pack-show"),
]
