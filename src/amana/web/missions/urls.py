"""Addresses of missions: who sits where, and the answers about one person."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.missions import answer_views, post_views

app_name = "missions"
prefix = ""
menu = Menu(74, _("Missions"), "missions.name", "missions:post-list")

urlpatterns = [
    path("missions/", post_views.post_list, name="post-list"),
    path("missions/waiting/", post_views.post_waiting, name="post-waiting"),
    path("missions/<uuid:post>/confirm/", post_views.post_confirm, name="post-confirm"),
    path("missions/<uuid:post>/end/", post_views.post_end, name="post-end"),
    path("missions/<uuid:post>/withdraw/", post_views.post_withdraw, name="post-withdraw"),
    path("people/<str:ref>/answers/", answer_views.case_answers, name="case-answers"),
    path("people/<str:ref>/answers/<uuid:answer>/", answer_views.answer_judge, name="answer-judge"),
]
