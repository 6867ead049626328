"""Addresses of the trail: what whoever oversees takes out, and, for erasures, one person's part of it."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.trail import subject_views, views

app_name = "trail"
prefix = "trail/"
menu = Menu(94, _("Trail"), "audit.take", "trail:trail-show")

urlpatterns = [
    path("", views.trail_show, name="trail-show"),
    path("anchor.json", views.anchor_fetch, name="anchor-fetch"),
    path("trail.jsonl", views.export_fetch, name="export-fetch"),
    path("find/", subject_views.subject_find, name="subject-find"),
    path("people/<str:ref>/", subject_views.subject_show, name="subject-show"),
    path("people/<str:ref>/erase/", subject_views.erasure_make, name="erasure-make"),
]
