"""Addresses of signing in and out, of the second factor and of one's own sessions."""

from django.urls import path

from amana.web.session import factor_views, mine_views, views

app_name = "session"
prefix = "session/"
menu = None

urlpatterns = [
    path("in/", views.sign_in, name="sign-in"),
    path("out/", views.sign_out, name="sign-out"),
    path("you/", views.show_account, name="account-show"),
    path("fonts/", views.choose_fonts, name="fonts-choose"),
    path("factor/", factor_views.ask_factor, name="factor-ask"),
    path("factors/", factor_views.list_factors, name="factor-list"),
    path("factors/app/", factor_views.add_app, name="app-add"),
    path("factors/key/", factor_views.add_key, name="key-add"),
    path("factors/paper/", factor_views.renew_paper, name="paper-renew"),
    path("factors/remove/", factor_views.remove_factor, name="factor-remove"),
    path("again/", mine_views.ask_proof, name="proof-ask"),
    path("mine/", mine_views.list_sessions, name="session-list"),
    path("mine/end/", mine_views.end_session, name="session-end"),
    path("mine/passes/end/", mine_views.end_pass, name="pass-end"),
    path("password/", mine_views.change_password, name="password-change"),
    path("first/", mine_views.choose_first_password, name="password-choose"),
    path("single/", mine_views.ask_single, name="single-ask"),
    path("single/answer/", mine_views.take_single, name="single-answer"),
]
