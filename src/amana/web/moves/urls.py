"""Addresses of moves, under the reference of their person."""

from django.urls import path

from amana.web.moves import closing_views, happened_views, list_views, plan_views, urgent_views

app_name = "moves"
prefix = "people/"
menu = None
under = "people"

CASE = "<str:ref>/moves/"
PLAN = CASE + "<str:mref>/"
URGENT = CASE + "urgent/<str:mref>/"

urlpatterns = [
    path(CASE, list_views.case_list, name="case-list"),
    path(CASE + "new/", plan_views.plan_add, name="plan-add"),
    path(CASE + "happened/", happened_views.move_record, name="move-record"),
    path(CASE + "urgent/", urgent_views.urgent_add, name="urgent-add"),
    path(URGENT, urgent_views.urgent_show, name="urgent-show"),
    path(URGENT + "told/", urgent_views.urgent_tell, name="urgent-tell"),
    path(URGENT + "review/", urgent_views.urgent_review, name="urgent-review"),
    path(URGENT + "end/", urgent_views.urgent_end, name="urgent-end"),
    path(PLAN, plan_views.plan_show, name="plan-show"),
    path(PLAN + "carry-out/", closing_views.plan_carry_out, name="plan-carry-out"),
    path(PLAN + "complete/", closing_views.plan_complete, name="plan-complete"),
    path(PLAN + "withdraw/", closing_views.plan_withdraw, name="plan-withdraw"),
]
