"""Addresses of guardians and counsel, under the reference of whom they stand by."""

from django.urls import path

from amana.web.representatives import views

app_name = "representatives"
prefix = "people/"
menu = None
under = "people"

CASE = "<str:ref>/representatives/"
ONE = CASE + "<uuid:representative>/"

urlpatterns = [
    path(CASE, views.case_list, name="case-list"),
    path(CASE + "new/", views.representative_ask, name="representative-ask"),
    path(ONE + "confirm/", views.representative_confirm, name="representative-confirm"),
    path(ONE + "refuse/", views.representative_refuse, name="representative-refuse"),
    path(ONE + "end/", views.representative_end, name="representative-end"),
]
