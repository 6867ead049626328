"""Addresses of emergency openings. An opening is named by an id that says nothing of it."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.openings import reading_views, review_views, views

app_name = "openings"
prefix = "openings/"
menu = Menu(92, _("Emergency openings"), "openings.review", "openings:review-list")

urlpatterns = [
    path("", views.opening_list, name="opening-list"),
    path("ask/", views.opening_ask, name="opening-ask"),
    path("review/", review_views.review_list, name="review-list"),
    path("reading/", reading_views.alarm_list, name="alarm-list"),
    path("reading/<uuid:alarm>/", reading_views.alarm_see_to, name="alarm-see-to"),
    path("<uuid:opening>/end/", views.opening_end, name="opening-end"),
    path("<uuid:opening>/review/", review_views.opening_review, name="opening-review"),
]
