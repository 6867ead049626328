"""A client that says why it reads whenever a page asks for it, as a supervisor does."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

WHY = "Her counsel asks what holds the file."
OF = re.compile(r'name="why_read_of" value="([^"]+)"')
TOO = "openings/reason.html"


def saying_why(client: Client) -> Client:
    """The same client; a form that a page kept while it asked goes on with the reason."""
    plain: Any = {"get": client.get, "post": client.post}

    def asked(answer: Any) -> str:
        names = {each.name for each in getattr(answer, "templates", ())}
        found = OF.search(answer.content.decode()) if TOO in names else None
        return found[1] if found else ""

    def get(address: str, *args: Any, **kwargs: Any) -> Any:
        answer = plain["get"](address, *args, **kwargs)
        if of := asked(answer):
            plain["post"](address, {"why_read": WHY, "why_read_of": of})
            answer = plain["get"](address, *args, **kwargs)
        return answer

    def post(address: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        answer = plain["post"](address, data, *args, **kwargs)
        if answer.status_code == 422 and (of := asked(answer)):
            told = {**(data or {}), "why_read": WHY, "why_read_of": of}
            answer = plain["post"](address, told, *args, **kwargs)
        return answer

    vars(client).update(get=get, post=post)
    return client
