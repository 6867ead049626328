"""A second person decides; whoever asked sees why she can't. Withdrawing, acting on the protocol."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from deciding import asked, client, decide, family, supervisor, text
from django.test import Client
from small_determination import DETERMINATION, REPORTED, SEPARATION, at, hidden, made, send
from small_family import AT, TODAY

from amana.apps.decisions.queries import current
from amana.apps.determinations import queries
from amana.casework import amend
from amana.casework.determine import cannot_act
from amana.core.facts import Standing

__all__ = ["asked", "client", "family", "supervisor"]


def test_whoever_asked_reads_that_a_second_person_decides(
    family: SimpleNamespace, asked: str, client: Client
) -> None:
    page = text(client.get(at(family.safiya, f"{asked}/")))
    assert "waits-title" in page and "You asked for it, so you can't approve it" in page
    assert f"{asked}/decide/" not in page and f"{asked}/withdraw/" in page
    assert client.get(at(family.safiya, f"{asked}/decide/")).status_code == 404


def test_the_second_person_sees_everything_and_what_safeguards_say(
    family: SimpleNamespace, asked: str, supervisor: Client
) -> None:
    shown = text(supervisor.get(at(family.safiya, f"{asked}/")))
    assert f"{asked}/decide/" in shown and "You asked for it" not in shown
    page = text(supervisor.get(at(family.safiya, f"{asked}/decide/")))
    for told in ("Her mother cares for her well", "Nour Saleh", "Clinic card of 9 February", "Asks to keep"):
        assert told in page
    assert "What the safeguards say of it" in page and "What approving does" in page


def test_approving_needs_a_decision_and_a_reason(
    family: SimpleNamespace, asked: str, supervisor: Client, cast: SimpleNamespace
) -> None:
    for told in ({"reason": " "}, {"decision": ""}, {"decision": "adopt"}):
        answer = decide(supervisor, family.safiya, asked, **told)
        assert answer.status_code == 422 and "There is a problem" in text(answer)
    assert queries.determination(cast.caseworker, asked).waits


def test_a_second_person_approves_and_the_reason_is_kept(
    family: SimpleNamespace, asked: str, supervisor: Client, client: Client
) -> None:
    answer = decide(supervisor, family.safiya, asked)
    assert answer.headers["Location"] == at(family.safiya, f"{asked}/")
    page = text(client.get(at(family.safiya, f"{asked}/")))
    assert "approved, in force" in page and "asked the child protection officer" in page
    assert "Hana Qasim" in page and "waits-title" not in page


def test_a_rejection_keeps_its_reason_and_nothing_is_in_force(
    family: SimpleNamespace, asked: str, supervisor: Client, client: Client, cast: SimpleNamespace
) -> None:
    decide(supervisor, family.safiya, asked, decision="reject", reason="The father was not looked for.")
    page = text(client.get(at(family.safiya, f"{asked}/")))
    assert "The father was not looked for." in page and "rejected" in page
    assert not queries.determination(cast.caseworker, asked).in_force


def test_deciding_twice_leads_to_what_was_decided_first(
    family: SimpleNamespace, asked: str, supervisor: Client, cast: SimpleNamespace
) -> None:
    told = {
        **hidden(supervisor, at(family.safiya, f"{asked}/decide/")),
        "decision": "approve",
        "reason": "Read the panel's reasons.",
    }
    address = at(family.safiya, f"{asked}/decide/")
    assert supervisor.post(address, told).status_code == 302
    assert supervisor.post(address, {**told, "decision": "reject"}).status_code == 302
    assert queries.determination(cast.caseworker, asked).in_force


def test_a_decision_on_a_case_that_changed_meanwhile_is_looked_at_again(
    family: SimpleNamespace, asked: str, supervisor: Client, cast: SimpleNamespace
) -> None:
    address = at(family.safiya, f"{asked}/decide/")
    told = {**hidden(supervisor, address), "decision": "approve", "reason": "The papers were all seen."}
    claim(cast, family.safiya, "birth", "2013-11-01")
    answer = supervisor.post(address, told)
    page = text(answer)
    assert (
        answer.status_code == 422
        and "Somebody changed this case meanwhile" in page
        and "The papers were all seen." in page
    )
    assert queries.determination(cast.caseworker, asked).waits


def claim(cast: SimpleNamespace, person: str, attribute: str, stated: str) -> None:
    amend.add_claim(
        person=person,
        attribute=attribute,
        stated=stated,
        source="document",
        note="card",
        said_on=TODAY,
        standing=Standing.CONFIRMED,
        by=cast.caseworker,
        at=AT,
        on=TODAY,
    )


def test_whoever_holds_both_roles_still_decides_on_nothing_of_her_own(
    family: SimpleNamespace, signed_in: Callable[..., Client], cast: SimpleNamespace
) -> None:
    operator = signed_in("operator")
    ref = made(send(operator, at(family.safiya, "new/"), DETERMINATION, store="yes"))
    address = at(family.safiya, f"{ref}/decide/")
    page = text(operator.get(address))
    assert "You can't decide on it" in page and 'name="decision"' not in page
    answer = operator.post(
        address, {"decision": "approve", "reason": "I asked for it myself.", "version": 1, "token": "0" * 32}
    )
    assert answer.status_code == 422 and queries.determination(cast.caseworker, ref).waits


def test_whoever_sat_on_the_panel_reads_why_it_is_not_hers(
    family: SimpleNamespace, client: Client, supervisor: Client, cast: SimpleNamespace
) -> None:
    told = {**DETERMINATION, "panel_1_name": "Qasim HANA"}
    ref = made(send(client, at(family.safiya, "new/"), told, store="yes"))
    page = text(supervisor.get(at(family.safiya, f"{ref}/decide/")))
    assert "You sat on its panel" in page and 'name="decision"' not in page
    answer = decide(supervisor, family.safiya, ref)
    assert answer.status_code == 422 and queries.determination(cast.caseworker, ref).waits


def test_whoever_asked_withdraws_it_with_a_reason(
    family: SimpleNamespace, asked: str, client: Client, supervisor: Client
) -> None:
    address = at(family.safiya, f"{asked}/withdraw/")
    assert supervisor.get(address).status_code == 404
    assert send(client, address, {"reason": ""}).status_code == 422
    assert send(client, address, {"reason": "The panel meets again."}).status_code == 302
    page = text(client.get(at(family.safiya, f"{asked}/")))
    assert "withdrawn" in page and "The panel meets again." in page
    assert client.get(address).status_code == 302


def test_a_determination_takes_the_place_of_another_once_it_is_approved(
    family: SimpleNamespace, asked: str, client: Client, supervisor: Client, cast: SimpleNamespace
) -> None:
    decide(supervisor, family.safiya, asked)
    page = text(client.get(at(family.safiya, f"{asked}/")))
    address = at(family.safiya, f"new/?supersedes={asked}")
    assert address in page
    second = made(send(client, address, DETERMINATION, store="yes"))
    assert queries.determination(cast.caseworker, asked).in_force
    decide(supervisor, family.safiya, second)
    old = text(client.get(at(family.safiya, f"{asked}/")))
    assert "another took its place" in old and second in old


@pytest.mark.parametrize(
    "case",
    [
        ("safiya", "undetermined", "a fact that it hangs on is not known"),
        ("rustam", "never_actionable", "is never acted on"),
        ("madina", "gap", "A gap in the law is no ground for anything"),
        ("yusuf", "merely_claimed", "rests on a fact that is merely claimed"),
    ],
)
def test_the_page_says_plainly_why_nobody_can_act(
    case: tuple[str, str, str], family: SimpleNamespace, client: Client, cast: SimpleNamespace
) -> None:
    who, code, says = case
    ref = getattr(family, who)
    standing = current(cast.caseworker, ref)
    assert standing and cannot_act(cast.caseworker, ref, standing.id, TODAY) == code
    page = text(client.get(at(ref, "protocol/")))
    assert "Nobody can act on this answer" in page and says in page
    assert "stance=" not in page and "detention is possible" not in page


def test_a_stance_sent_by_hand_on_an_answer_nobody_can_act_on_is_refused(
    family: SimpleNamespace, client: Client, cast: SimpleNamespace
) -> None:
    for ref in (family.safiya, family.rustam, family.madina, family.yusuf):
        standing = current(cast.caseworker, ref)
        assert standing
        for stance in ("adopt", "not_adopt", "depart"):
            address = at(ref, f"new/?stance={stance}&decision_id={standing.id}")
            answer = send(client, address, SEPARATION, store="yes")
            page = text(answer)
            assert answer.status_code == 422 and 'role="alert"' in page, (ref, stance)
        assert queries.determinations(cast.caseworker, ref) == ()


def _settled(cast: SimpleNamespace, ref: str, born: str) -> int:
    """Facts borne out, so that the answer can be acted on; the decision that stands."""
    claim(cast, ref, "birth", born)
    claim(cast, ref, "nationality", "TJK")
    standing = current(cast.caseworker, ref)
    assert standing
    return standing.id


def test_what_can_be_acted_on_is_adopted_by_a_determination_that_says_so(
    family: SimpleNamespace, client: Client, cast: SimpleNamespace
) -> None:
    decision = _settled(cast, family.safiya, "2015-01-05")
    page = text(client.get(at(family.safiya, "protocol/")))
    links = re.findall(r'href="([^"]*stance=[^"]*)"', page)
    assert len(links) == 3 and f"stance=adopt&decision_id={decision}" in links[0]
    address = links[0]
    ref = made(send(client, address, DETERMINATION, store="yes"))
    shown = text(client.get(at(family.safiya, f"{ref}/")))
    assert "Determination on what the protocol says" in shown
    assert "Adopts what the protocol says" in shown


def test_a_stance_that_does_not_fit_what_is_decided_is_said_beside_it(
    family: SimpleNamespace, client: Client, cast: SimpleNamespace
) -> None:
    decision = _settled(cast, family.safiya, "2015-01-05")
    for stance, told in (("adopt", SEPARATION), ("depart", DETERMINATION)):
        address = at(family.safiya, f"new/?stance={stance}&decision_id={decision}")
        answer = send(client, address, told, store="yes")
        page = text(answer)
        assert answer.status_code == 422 and 'id="id_decides_error"' in page
        assert "does not fit" in page


def test_a_case_without_an_answer_says_so(family: SimpleNamespace, client: Client) -> None:
    page = text(client.get(at(family.dilnoza, "protocol/")))
    assert "What shall be done with it?" in page or "Nobody can act on this answer" in page


def test_the_list_of_what_waits_is_the_supervisors_and_her_own_for_who_asks(
    family: SimpleNamespace, asked: str, client: Client, supervisor: Client
) -> None:
    page = text(supervisor.get("/determinations/"))
    assert at(family.safiya, f"{asked}/decide/") in page and "the child stays with the mother" in page
    own = text(client.get("/determinations/"))
    assert at(family.safiya, f"{asked}/") in own and f"{asked}/decide/" not in own
    assert "asked for by you" in own
    decide(supervisor, family.safiya, asked)
    assert "Nothing waits" in text(supervisor.get("/determinations/"))


def test_the_list_of_what_waits_has_pages(
    family: SimpleNamespace, client: Client, supervisor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amana.web.determinations.list_views.AT_ONCE", 1)
    first = made(send(client, at(family.safiya, "new/"), DETERMINATION, store="yes"))
    second = made(send(client, at(family.yusuf, "new/"), SEPARATION, store="yes"))
    page = text(supervisor.get("/determinations/"))
    assert first in page and second not in page
    after = re.search(r'href="\?after=([^"]+)"', page)
    assert after
    page = text(supervisor.get("/determinations/", {"after": after[1]}))
    assert at(family.yusuf, second) in page and at(family.safiya, first) not in page


def test_the_page_for_paper_holds_everything_and_room_for_signatures(
    family: SimpleNamespace, asked: str, client: Client, supervisor: Client
) -> None:
    decide(supervisor, family.safiya, asked)
    page = text(client.get(at(family.safiya, f"{asked}/print/")))
    for told in ("Signatures", "Nour Saleh", "Omar Faris", "Hana Qasim", "Her mother cares for her well"):
        assert told in page


def test_a_separation_resting_on_a_family_tie_is_marked_for_the_second_person(
    family: SimpleNamespace, client: Client, supervisor: Client
) -> None:
    told = {**SEPARATION, "grounds": ["family_tie"]}
    ref = made(send(client, at(family.yusuf, "new/"), told, store="yes"))
    page = text(supervisor.get(at(family.yusuf, f"{ref}/decide/")))
    assert "none of these carries a decision against a child by itself" in page


def test_a_reported_decision_is_never_approved_here(
    family: SimpleNamespace, client: Client, supervisor: Client
) -> None:
    ref = made(send(client, at(family.yusuf, "reported/"), REPORTED, store="yes"))
    assert supervisor.get(at(family.yusuf, f"{ref}/decide/")).status_code == 302
    assert supervisor.post(at(family.yusuf, f"{ref}/decide/"), {"decision": "approve"}).status_code == 302


def test_whoever_decides_on_what_was_decided_meanwhile_is_told_so(
    family: SimpleNamespace, asked: str, supervisor: Client
) -> None:
    told = hidden(supervisor, at(family.safiya, f"{asked}/decide/"))
    decide(supervisor, family.safiya, asked)
    supervisor.get(at(family.safiya, f"{asked}/"))
    late = {**told, "decision": "reject", "reason": "The aunt was not asked."}
    answer = supervisor.post(at(family.safiya, f"{asked}/decide/"), late, follow=True)
    assert "while you read" in text(answer)


def test_the_paper_says_what_stood_on_the_day_and_not_what_stands_now(
    family: SimpleNamespace, asked: str, supervisor: Client, cast: SimpleNamespace
) -> None:
    before = text(supervisor.get(at(family.safiya, f"{asked}/print/")))
    told = before.split("What the protocol said then")[1].split("</dd>")[0]
    claim = {"attribute": "birth", "stated": "2003-05", "source": "document", "note": "card"}
    amend.add_claim(
        person=family.safiya,
        **claim,
        said_on=TODAY,
        by=cast.caseworker,
        at=datetime.now(UTC) + timedelta(hours=1),
        on=TODAY,
        standing=Standing.CONFIRMED,
    )
    after = text(supervisor.get(at(family.safiya, f"{asked}/print/")))
    assert after.split("What the protocol said then")[1].split("</dd>")[0] == told
    assert current(cast.supervisor, family.safiya).outcome not in told
    assert family.safiya in after.split("<title>")[1].split("</title>")[0]
