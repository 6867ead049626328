"""One plain line: `ok`, or 503 when a database does not answer. Nothing about people or versions."""

from __future__ import annotations

from django.db import Error, connections
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from amana.web.access import PUBLIC, access


@access(PUBLIC)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Ask every configured database for one row."""
    try:
        for alias in connections:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
                cursor.fetchone()
    except Error:
        return HttpResponse(
            "database does not answer\n", status=503, content_type="text/plain; charset=utf-8"
        )
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
