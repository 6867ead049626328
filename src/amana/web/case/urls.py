"""Addresses of a case, under the reference of its person."""

from django.urls import path

from amana.web.case import identity_views, replay, safeguard_views, views

app_name = "case"
prefix = "people/"
menu = None
under = "people"

urlpatterns = [
    path("<str:ref>/", views.person_show, name="person-show"),
    path("<str:ref>/safeguards/", safeguard_views.safeguards_show, name="safeguards-show"),
    path("<str:ref>/identity/", identity_views.identity_show, name="identity-show"),
    path("<str:ref>/identity/claims/", identity_views.claim_add, name="claim-add"),
    path("<str:ref>/identity/claims/<int:claim>/", identity_views.claim_judge, name="claim-judge"),
    path("<str:ref>/family/", views.family_show, name="family-show"),
    path("<str:ref>/placement/", views.placement_show, name="placement-show"),
    path("<str:ref>/history/", views.history_show, name="history-show"),
    path("<str:ref>/history/<int:decision>/", replay.decision_replay, name="decision-replay"),
]
