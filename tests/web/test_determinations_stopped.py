"""An approval that a safeguard stops: which one, in the language of the page, and nothing is decided."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import translation
from saying_why import saying_why
from small_determination import SEPARATION, at, made, send
from small_family import settle

from amana.apps.decisions.office_pack import office_pack
from amana.apps.determinations import queries

WORDS = "It can't be approved as it stands. What stops it: %(safeguards)s. Reject it, and ask anew."


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_what_rests_on_a_family_tie_alone_is_stopped_by_name(
    cast: SimpleNamespace, signed_in: Callable[..., Client], lang: str
) -> None:
    family = settle(cast.registrar)
    asked = {**SEPARATION, "grounds": ["family_tie"]}
    ref = made(send(signed_in("caseworker"), at(family.yusuf, "new/"), asked, store="yes"))
    said = {"decision": "approve", "reason": "It was asked for by the mother."}
    answer = send(saying_why(signed_in("supervisor", lang)), at(family.yusuf, f"{ref}/decide/"), said)
    assert answer.status_code == 422
    with translation.override(lang):
        words = translation.gettext(WORDS)
    named = f"{office_pack().safeguards['S02'].title[lang]} (S02)"
    before, after = words.split("%(safeguards)s")
    told = unescape(answer.content.decode()).partition(before)[2].partition(after)
    assert named in told[0]
    assert told[1] == after
    assert queries.determination(cast.caseworker, ref).state == "requested"
