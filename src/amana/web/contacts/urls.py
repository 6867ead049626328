"""Addresses of contacts. No address holds a number: it is sent as a form."""

from django.urls import path

from amana.web.contacts import views

app_name = "contacts"
prefix = "contacts/"
menu = None
under = "people"

urlpatterns = [
    path("", views.number_find, name="number-find"),
    path("<str:ref>/", views.case_list, name="case-list"),
    path("<str:ref>/<uuid:contact>/end/", views.contact_end, name="contact-end"),
]
