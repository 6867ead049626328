"""Addresses of requests, under the reference of whose record it is; and the period for answering."""

from django.urls import path

from amana.web.record_requests import answer_views, paper_views, period_views, take_views

app_name = "requests"
prefix = ""
menu = None

CASE = "people/<str:ref>/requests/"
ONE = CASE + "<uuid:request_id>/"

urlpatterns = [
    path(CASE, take_views.case_list, name="case-list"),
    path(CASE + "new/", take_views.request_take, name="request-take"),
    path(CASE + "record/", paper_views.record_show, name="record-show"),
    path(ONE, answer_views.request_show, name="request-show"),
    path(ONE + "hand-over/", answer_views.request_hand_over, name="request-hand-over"),
    path("requests/period/", period_views.period_set, name="period-set"),
]
