"""Addresses of caseloads: the team's, and one case's under the reference of its person."""

from django.urls import path

from amana.web.caseload import case_views, team_views

app_name = "caseload"
prefix = ""
menu = None

CASE = "people/<str:ref>/assignments/"

urlpatterns = [
    path("caseload/", team_views.team_assign, name="team-assign"),
    path("caseload/offers/<int:offer>/", team_views.offer_answer, name="offer-answer"),
    path(CASE, case_views.case_show, name="case-show"),
    path(CASE + "hand-on/", case_views.case_hand_on, name="case-hand-on"),
    path(CASE + "refer/", case_views.case_refer, name="case-refer"),
    path(CASE + "<int:assignment>/revoke/", case_views.assignment_revoke, name="assignment-revoke"),
]
