"""Addresses of allegations. None names a person or a place: that would be told to every log between here and
the reader. An allegation's own reference is drawn at random.
"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.allegations import answer_views, list_views, take_views
from amana.web.areas import Menu

app_name = "allegations"
prefix = "allegations/"
menu = Menu(62, _("Allegations"), "allegations.see", "allegations:allegation-list")

ONE = "<str:aref>/"

urlpatterns = [
    path("", list_views.allegation_list, name="allegation-list"),
    path("new/", take_views.allegation_take, name="allegation-take"),
    path(ONE, answer_views.allegation_show, name="allegation-show"),
    path(ONE + "acknowledge/", answer_views.allegation_acknowledge, name="allegation-acknowledge"),
    path(ONE + "ask/", answer_views.examiner_ask, name="examiner-ask"),
    path(ONE + "close/", answer_views.allegation_close, name="allegation-close"),
    path(ONE + "sealed.json", list_views.envelope_fetch, name="envelope-fetch"),
]
