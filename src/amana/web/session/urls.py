"""Addresses of signing in and out."""

from django.urls import path

from amana.web.session import views

app_name = "session"
prefix = "session/"
menu = None

urlpatterns = [
    path("in/", views.sign_in, name="sign-in"),
    path("out/", views.sign_out, name="sign-out"),
    path("you/", views.show_account, name="account-show"),
    path("fonts/", views.choose_fonts, name="fonts-choose"),
]
