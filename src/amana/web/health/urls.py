"""Address of the health check."""

from django.urls import path

from amana.web.health import views

app_name = "health"
prefix = "healthz"
menu = None

urlpatterns = [path("", views.check, name="service-check")]
