"""Addresses of retention. Holds and erasures are named by ids that say nothing of them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.retention import act_views, period_views, show_views

app_name = "retention"
prefix = "retention/"
menu = Menu(93, _("Retention"), "retention.see", "retention:board-show")

PERSON = "people/<str:ref>/"

urlpatterns = [
    path("", show_views.board_show, name="board-show"),
    path("periods/", period_views.period_set, name="period-set"),
    path(PERSON, show_views.person_show, name="person-show"),
    path(PERSON + "hold/", act_views.hold_place, name="hold-place"),
    path("holds/<uuid:legal_hold>/end/", act_views.hold_end, name="hold-end"),
    path("erasures/<uuid:erasure>/", show_views.erasure_show, name="erasure-show"),
    path("erasures/<uuid:erasure>/answer/", act_views.erasure_answer, name="erasure-answer"),
]
