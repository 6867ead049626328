"""Addresses of keys. A key is named by an id that says nothing of it."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.keys import held, views

app_name = "keys"
prefix = "keys/"
menu = Menu(96, _("Keys"), "keys.see", "keys:holder-list")

urlpatterns = [
    path("", views.holder_list, name="holder-list"),
    path("offer/", views.holder_offer, name="holder-offer"),
    path("unlock/", held.key_unlock, name="key-unlock"),
    path("unlock/end/", held.key_lock, name="key-lock"),
    path("lock/", views.office_lock, name="office-lock"),
    path("<uuid:holder>/confirm/", views.holder_confirm, name="holder-confirm"),
    path("<uuid:holder>/withdraw/", views.holder_withdraw, name="holder-withdraw"),
    path("<uuid:holder>/identity/", views.identity_fetch, name="identity-fetch"),
]
