"""Addresses of the decisions of people on a case, under the reference of its person; what waits for a second
person.
"""

from django.urls import path

from amana.web.determinations import act_views, add_views, appeal_views, decide_views, list_views, show_views

app_name = "determinations"
prefix = ""
menu = None

CASE = "people/<str:ref>/determinations/"
ONE = CASE + "<str:dref>/"

urlpatterns = [
    path("determinations/", list_views.waiting_list, name="waiting-list"),
    path(CASE, list_views.case_list, name="case-list"),
    path(CASE + "assessment/", add_views.assessment_add, name="assessment-add"),
    path(CASE + "new/", add_views.determination_add, name="determination-add"),
    path(CASE + "protocol/", act_views.protocol_act, name="protocol-act"),
    path(CASE + "court/", add_views.judicial_add, name="judicial-add"),
    path(CASE + "reported/", add_views.reported_add, name="reported-add"),
    path(ONE, show_views.determination_show, name="determination-show"),
    path(ONE + "print/", show_views.determination_print, name="determination-print"),
    path(ONE + "decide/", decide_views.determination_decide, name="determination-decide"),
    path(ONE + "withdraw/", decide_views.determination_withdraw, name="determination-withdraw"),
    path(ONE + "appeals/", appeal_views.appeal_add, name="appeal-add"),
    path(ONE + "appeals/<int:appeal>/", appeal_views.appeal_decide, name="appeal-decide"),
]
