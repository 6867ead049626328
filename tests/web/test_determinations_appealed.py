"""An appeal on the pages: lodged once, heard by others, and what holds meanwhile."""

from __future__ import annotations

from types import SimpleNamespace

from deciding import asked, client, decide, family, supervisor, text
from django.test import Client
from small_determination import ASSESSMENT, at, hidden, made, send

from amana.apps.determinations import queries

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
