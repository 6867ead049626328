"""Addresses of administration. An account is named by its id, which says nothing of anybody."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.administration import account_views, grant_views, role_views
from amana.web.areas import Menu

app_name = "administration"
prefix = "administration/"
menu = Menu(95, _("Administration"), "roles.see", "administration:roles-show")

urlpatterns = [
    path("roles/", role_views.roles_show, name="roles-show"),
    path("accounts/", account_views.account_list, name="account-list"),
    path("accounts/new/", account_views.account_add, name="account-add"),
    path("accounts/<uuid:account>/", account_views.account_change, name="account-change"),
    path("accounts/<uuid:account>/close/", account_views.account_close, name="account-close"),
    path("accounts/<uuid:account>/code/", account_views.account_invite, name="account-invite"),
    path("grants/", grant_views.grant_list, name="grant-list"),
    path("grants/<uuid:account>/", grant_views.grant_answer, name="grant-answer"),
]
