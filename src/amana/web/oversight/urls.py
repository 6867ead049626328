"""Addresses of oversight. A safeguard is named by its id in the pack, findings and
questions by their numbers, which say nothing of anybody.
"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.oversight import finding_views, question_views, views, waiving_views

app_name = "oversight"
prefix = "oversight/"
menu = Menu(60, _("Oversight"), "oversight.see", "oversight:board-show")

urlpatterns = [
    path("", views.board_show, name="board-show"),
    path("questions/", question_views.question_list, name="question-list"),
    path("questions/<int:question>/answer/", question_views.question_answer, name="question-answer"),
    path("findings/<int:finding>/", finding_views.finding_show, name="finding-show"),
    path("findings/<int:finding>/ask/", question_views.finding_ask, name="finding-ask"),
    path("<slug:safeguard>/", views.safeguard_show, name="safeguard-show"),
    path("<slug:safeguard>/<int:finding>/waive/", waiving_views.finding_waive, name="finding-waive"),
    path("<slug:safeguard>/<int:finding>/end/", waiving_views.waiver_end, name="waiver-end"),
]
