"""Addresses of the export gate. A file is named by an id that says nothing of it."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.exports import act_views, ask_views, show_views, trace_views

app_name = "exports"
prefix = "exports/"
menu = Menu(93, _("Files"), "exports.see", "exports:export-list")

ONE = "<uuid:export>/"

urlpatterns = [
    path("", show_views.export_list, name="export-list"),
    path("new/", ask_views.export_ask, name="export-ask"),
    path("trace/", trace_views.copy_trace, name="copy-trace"),
    path(ONE, show_views.export_show, name="export-show"),
    path(ONE + "answer/", act_views.export_answer, name="export-answer"),
    path(ONE + "withdraw/", act_views.export_withdraw, name="export-withdraw"),
    path(ONE + "file/", act_views.file_take, name="file-take"),
]
