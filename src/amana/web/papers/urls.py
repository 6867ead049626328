"""Addresses of papers, under the reference of their person. No address says what a paper is."""

from django.urls import path

from amana.web.papers import add_views, open_views, views

app_name = "papers"
prefix = "people/"
menu = None
under = "people"

CASE = "<str:ref>/papers/"
PAPER = CASE + "<uuid:paper>/"

urlpatterns = [
    path(CASE, views.case_list, name="case-list"),
    path(CASE + "new/", add_views.paper_add, name="paper-add"),
    path(PAPER, views.paper_show, name="paper-show"),
    path(PAPER + "withdraw/", add_views.paper_withdraw, name="paper-withdraw"),
    path(PAPER + "file/", open_views.paper_fetch, name="paper-fetch"),
    path(PAPER + "preview/", open_views.paper_preview, name="paper-preview"),
    path(PAPER + "original/", open_views.paper_original, name="paper-original"),
]
