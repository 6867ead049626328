"""Every address of the site: one `include` for each area found in this package."""

from __future__ import annotations

from django.urls import include, path

from amana.web.areas import areas

urlpatterns = [path(area.prefix, include((area.urlpatterns, area.app_name))) for area in areas()]

handler404 = "amana.web.refusals.not_found"
handler403 = "amana.web.refusals.forbidden"
handler500 = "amana.web.refusals.failed"
