"""Addresses of the desk of guardians and counsel."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.wards import views

app_name = "wards"
prefix = "wards/"
menu = Menu(11, _("Wards and clients"), "wards.see", "wards:ward-list")

urlpatterns = [
    path("", views.ward_list, name="ward-list"),
    path("<str:ref>/", views.ward_show, name="ward-show"),
]
