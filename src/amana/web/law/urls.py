"""Addresses of the law pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.law import change_views, proposal_views, version_views, views

app_name = "law"
prefix = "law/"
menu = Menu(90, _("Law"), "law.see", "law:pack-list")

urlpatterns = [
    path("", views.list_packs, name="pack-list"),
    path("changes/new/", change_views.change_add, name="change-add"),
    path("changes/<str:ref>/", proposal_views.change_show, name="change-show"),
    path("changes/<str:ref>/progress/", proposal_views.change_progress, name="change-progress"),
    path("changes/<str:ref>/decide/", proposal_views.change_decide, name="change-decide"),
    path("changes/<str:ref>/decide-anew/", proposal_views.change_redecide, name="change-redecide"),
    path("changes/<str:ref>/again/", proposal_views.change_again, name="change-again"),
    path("changes/<str:ref>/withdraw/", proposal_views.change_withdraw, name="change-withdraw"),
    path("differences/", version_views.packs_compare, name="packs-compare"),
    path("versions/<slug:version>/", version_views.version_show, name="version-show"),
    path("<slug:pack>/", views.show_pack, name="pack-show"),
]
