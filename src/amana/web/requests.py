"""What views behind an access rule get: Django's request, with what our middleware and django-htmx add."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from amana.apps.accounts.viewers import Viewer


class OfficeRequest(HttpRequest):
    """A request of someone signed in. Never made here: it only types what the middleware leaves."""

    viewer: Viewer
    htmx: HtmxDetails
