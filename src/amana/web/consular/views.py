"""Unknown, not released and another nation's: one static answer, by one path through the code.

Nothing is looked up, so nothing can take longer for one than for another; nobody learns whether a reference
exists, whether it is someone's, or whether a gate is open. The answer holds no form, no token, no id of the
request, no name of the reader, and is the same for every method and whether signed in or not.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from amana.web.access import PUBLIC, access

BODY: Final = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>404</title>'
    '<p>There is nothing at this address.<p lang="ar" dir="rtl">لا شيء في هذا العنوان.'
).encode()
"""Under 200 bytes: what is shorter is never packed, and so is the same to the last byte."""


@access(PUBLIC)
@csrf_exempt
def nothing_here(_request: HttpRequest, rest: str) -> HttpResponse:
    """The one answer; `rest` is looked at by nobody."""
    headers = {"Content-Language": "en, ar"}
    return HttpResponse(BODY, status=404, content_type="text/html; charset=utf-8", headers=headers)
