"""Addresses of the gate, under the reference of its person. No address names a country: that would be told to
every log between here and the reader.
"""

from django.urls import path

from amana.web.returns import answer_views, dossier_views, record_views, show_views

app_name = "returns"
prefix = "people/"
menu = None
under = "people"

CASE = "<str:ref>/return/"

urlpatterns = [
    path(CASE, show_views.case_show, name="case-show"),
    path(CASE + "consent/", answer_views.consent_take, name="consent-take"),
    path(CASE + "withdrawal/", answer_views.consent_withdraw, name="consent-withdraw"),
    path(CASE + "screening/", record_views.screening_record, name="screening-record"),
    path(CASE + "hold/", record_views.hold_place, name="hold-place"),
    path(CASE + "hold/<uuid:hold>/lift/", record_views.hold_lift, name="hold-lift"),
    path(CASE + "dossier/", dossier_views.dossier_prepare, name="dossier-prepare"),
    path(CASE + "dossier/<uuid:dossier>/release/", dossier_views.dossier_release, name="dossier-release"),
    path(CASE + "plan/", dossier_views.step_plan, name="step-plan"),
    path(CASE + "tell/", dossier_views.country_tell, name="country-tell"),
]
