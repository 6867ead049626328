"""An appeal on the pages: lodged once, heard by others, and what holds meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from deciding import asked, client, decide, family, supervisor, text
from django.test import Client
from small_determination import ASSESSMENT, at, hidden, made, send
from small_family import AT, TODAY

from amana.apps.accounts.queries import viewer as viewer_of
from amana.apps.accounts.viewers import NotForYou
from amana.apps.determinations import queries
from amana.casework import determine, representatives

__all__ = ["asked", "client", "family", "supervisor"]


def test_an_appeal_is_lodged_once_and_ends_as_a_court_decides(
    family: SimpleNamespace, asked: str, client: Client, supervisor: Client, cast: SimpleNamespace
) -> None:
    decide(supervisor, family.safiya, asked)
    address = at(family.safiya, f"{asked}/appeals/")
    told = {"lodged_by": "mother", "lodged_on": "2018-02-15", "ground": "Nobody asked her sister."}
    assert "Check your answers" in text(send(client, address, told))
    form = {**hidden(client, address), **told, "store": "yes"}
    assert client.post(address, form).status_code == client.post(address, form).status_code == 302
    (appeal,) = queries.determination(cast.caseworker, asked).appeals
    page = text(client.get(at(family.safiya, f"{asked}/")))
    assert "under appeal" in page and "Nobody asked her sister." in page
    assert "What holds while it is contested" in page and queries.determination(cast.caseworker, asked).holds
    end = at(family.safiya, f"{asked}/appeals/{appeal.id}/")
    assert 'value="panel"' not in text(client.get(end))
    ended = {
        "outcome": "overturned",
        "body": "court",
        "decided_on": "2018-02-15",
        "reasons": "Both parents were heard anew.",
    }
    assert send(client, end, {**ended, "reasons": ""}, store="yes").status_code == 422
    assert send(client, end, ended, store="yes").status_code == 302
    page = text(client.get(at(family.safiya, f"{asked}/")))
    assert "set aside on appeal" in page and "Both parents were heard anew." in page
    assert client.get(end).status_code == 302


def stands_by(cast: SimpleNamespace, ref: str, *, named: bool) -> None:
    """The counsel of a child, named for what is sealed or not."""
    told = {"account": cast.guardian.user_id, "capacity": "counsel", "named": named, "agreed": True}
    ground = "The mother asked her to be the counsel."
    number = representatives.ask(
        ref, ground=ground, appointed_on=TODAY, **told, by=cast.caseworker, at=AT, on=TODAY
    )
    representatives.confirm(UUID(number), by=cast.supervisor, at=AT, on=TODAY)


def test_a_counsel_lodges_an_appeal_for_her_client_herself_and_in_no_other_name(
    family: SimpleNamespace,
    asked: str,
    supervisor: Client,
    cast: SimpleNamespace,
    signed_in: Callable[..., Client],
) -> None:
    decide(supervisor, family.safiya, asked)
    stands_by(cast, family.safiya, named=True)
    counsel, address = signed_in("guardian"), at(family.safiya, f"{asked}/appeals/")
    assert "Lodge an appeal" in text(counsel.get(at(family.safiya, f"{asked}/")))
    page = text(counsel.get(address))
    assert 'name="ground"' in page and 'name="lodged_by"' not in page
    told = {"lodged_by": "mother", "lodged_on": "2018-01-01", "ground": "Nobody asked her sister."}
    assert send(counsel, address, {**told, "ground": ""}, store="yes").status_code == 422
    assert send(counsel, address, told, store="yes").status_code == 302
    (appeal,) = queries.determination(cast.caseworker, asked).appeals
    assert (appeal.lodged_by, appeal.lodged_on) == ("counsel", TODAY)
    assert counsel.get(at(family.safiya, f"{asked}/appeals/{appeal.id}/")).status_code == 404


def test_nobody_lodges_an_appeal_for_a_client_of_another_nor_unnamed_for_what_is_sealed(
    family: SimpleNamespace,
    asked: str,
    supervisor: Client,
    cast: SimpleNamespace,
    signed_in: Callable[..., Client],
) -> None:
    decide(supervisor, family.safiya, asked)
    told = {"lodged_by": "counsel", "lodged_on": TODAY, "ground": "Nobody asked her sister."}
    stands_by(cast, family.yusuf, named=True)
    for _named in (None, False):
        address = at(family.safiya, f"{asked}/appeals/")
        assert signed_in("guardian").get(address).status_code == 404
        with pytest.raises(NotForYou):
            determine.appeal(asked, **told, by=viewer_of(cast.guardian.user_id, TODAY), at=AT, on=TODAY)
        if _named is None:
            stands_by(cast, family.safiya, named=False)
    assert not queries.determination(cast.caseworker, asked).appeals


@pytest.mark.parametrize("other", [{"lodged_by": "guardian"}, {"lodged_on": date(2018, 2, 14)}])
def test_a_counsel_names_neither_another_nor_another_day(
    family: SimpleNamespace, asked: str, supervisor: Client, cast: SimpleNamespace, other: dict[str, Any]
) -> None:
    decide(supervisor, family.safiya, asked)
    stands_by(cast, family.safiya, named=True)
    told = {"lodged_by": "counsel", "lodged_on": TODAY, "ground": "Nobody asked her sister.", **other}
    with pytest.raises(NotForYou):
        determine.appeal(asked, **told, by=viewer_of(cast.guardian.user_id, TODAY), at=AT, on=TODAY)


def test_who_approved_does_not_decide_its_appeal(
    family: SimpleNamespace, asked: str, client: Client, supervisor: Client, cast: SimpleNamespace
) -> None:
    decide(supervisor, family.safiya, asked)
    lodged = {"lodged_by": "mother", "lodged_on": "2018-02-15", "ground": "Nobody asked her sister."}
    send(client, at(family.safiya, f"{asked}/appeals/"), lodged, store="yes")
    (appeal,) = queries.determination(cast.caseworker, asked).appeals
    end = at(family.safiya, f"{asked}/appeals/{appeal.id}/")
    told = {
        "outcome": "upheld",
        "body": "panel",
        "decided_on": "2018-02-15",
        "reasons": "Nothing new was told since.",
    }
    answer = send(supervisor, end, told, store="yes")
    assert answer.status_code == 422 and "A second person decides" in text(answer)


def test_nothing_is_appealed_that_is_not_in_force(
    family: SimpleNamespace, asked: str, client: Client
) -> None:
    assert client.get(at(family.safiya, f"{asked}/appeals/")).status_code == 302
    assessed = made(send(client, at(family.safiya, "assessment/"), ASSESSMENT, store="yes"))
    assert client.get(at(family.safiya, f"{assessed}/appeals/")).status_code == 302
    told = {
        "lodged_by": "mother",
        "lodged_on": "2018-02-15",
        "ground": "She does not want it.",
        "token": "0" * 32,
    }
    answer = client.post(at(family.safiya, f"{asked}/appeals/"), {**told, "store": "yes"})
    assert answer.status_code == 422 and "meanwhile" in text(answer)
