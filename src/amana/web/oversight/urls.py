"""Addresses of oversight. A safeguard is named by its id in the pack, a finding by its number."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.oversight import views, waiving_views

app_name = "oversight"
prefix = "oversight/"
menu = Menu(60, _("Oversight"), "oversight.see", "oversight:board-show")

urlpatterns = [
    path("", views.board_show, name="board-show"),
    path("<slug:safeguard>/", views.safeguard_show, name="safeguard-show"),
    path("<slug:safeguard>/<int:finding>/waive/", waiving_views.finding_waive, name="finding-waive"),
    path("<slug:safeguard>/<int:finding>/end/", waiving_views.waiver_end, name="waiver-end"),
]
