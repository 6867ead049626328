"""Addresses of the register: lists on their way in, and batches."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.register import batch_views, staged_views, views

app_name = "register"
prefix = "register/"
menu = Menu(30, _("Register"), "people.register", "register:batch-list")

urlpatterns = [
    path("", views.batch_list, name="batch-list"),
    path("new/", views.list_add, name="list-add"),
    path("staged/<slug:token>/", staged_views.list_check, name="list-check"),
    path("staged/<slug:token>/progress/", staged_views.list_progress, name="list-progress"),
    path("staged/<slug:token>/columns/", staged_views.columns_change, name="columns-change"),
    path("staged/<slug:token>/held-back.csv", staged_views.held_back_download, name="list-held-back"),
    path("staged/<slug:token>/commit/", staged_views.list_commit, name="list-commit"),
    path("staged/<slug:token>/discard/", staged_views.list_discard, name="list-discard"),
    path("<str:ref>/", batch_views.batch_show, name="batch-show"),
    path("<str:ref>/held-back.csv", batch_views.held_back_download, name="batch-held-back"),
    path("<str:ref>/undo/", batch_views.batch_undo, name="batch-undo"),
    path("<str:ref>/undo/<uuid:job>/", batch_views.undo_show, name="undo-show"),
    path("<str:ref>/undo/<uuid:job>/progress/", batch_views.undo_progress, name="undo-progress"),
]
