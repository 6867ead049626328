"""Every address x every method x every role, with own, absent and foreign records and with odd parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from test_access import ALL, rule

from amana.apps.accounts.roles import ROLES
from amana.apps.audit.models import AuditEntry
from amana.apps.decisions.office_pack import office_pack
from amana.apps.jobs.commands import enqueue
from amana.apps.registry import queries
from amana.casework import proposals
from amana.core.policy.editing.edits import Edit
from amana.exchange import staging
from amana.web.access import PUBLIC, SIGNED_IN
from small_office import AT, TODAY, settle

METHODS = ("get", "head", "options", "post", "put", "patch", "delete", "trace")
MODES: dict[str, dict[str, str]] = {
    "plain": {},
    "htmx": {"HX-Request": "true"},
    "poll": {"HX-Request": "true", "X-Amana-Poll": "1"},
}
ODD = (
    "?lang=ar", "?lang=../../etc", "?after=%00", "?after=-1", "?after=99999999999999999999", "?q=%00",
    "?q=%27%29--", "?family=%00&batch=%00&facility=%00&nation=%00", "?needs=%00", "?sex=male;female",
    "?state=%00", "?state=breach&weight=x&owner=%27&site=x&soon=-1", "?finding=breach", "?whose=x&within=%00",
    "?__class__=x&family__batch__ref=x", "?rows=all&after=9999999", "?q=%F0%9F%99%82&age=0-3&age=x",
)  # fmt: skip
ASKED_WITH_PARAMETERS = {
    "people:person-list", "today:day-show", "register:batch-show", "register:list-check",
    "oversight:board-show", "oversight:safeguard-show", "oversight:question-list", "tasks:task-list",
    "determinations:waiting-list",
}  # fmt: skip


@pytest.fixture
def office_with(cast: SimpleNamespace, settings: Any, tmp_path: Path) -> SimpleNamespace:
    """A batch, a person, a list staged by the registrar and her job."""
    settings.STAGED = tmp_path / "staged"
    batch = settle(cast.registrar, tmp_path, people=12).batch
    person = queries.people(cast.registrar, on=TODAY, limit=1).rows[0].ref
    staged = staging.stage(
        [b"name\n"],
        file_name="list.csv",
        sender="Site A",
        listed_on=TODAY,
        facility="",
        by=cast.registrar.user_id,
        at=AT,
    )
    job = enqueue(kind="import.undo", arguments={"batch": batch}, by=cast.registrar, at=AT)
    edit = Edit("rule_ended", "adult", TODAY)
    change = proposals.propose(edit, title="An end", reason="Tried.", by=cast.rules_editor, at=AT)
    version = office_pack().hash
    return SimpleNamespace(
        batch=batch, person=person, token=staged.token, job=job, change=change, version=version
    )


def addresses(office: SimpleNamespace) -> Iterator[tuple[str, str]]:
    """Each name with addresses of records that are there, absent, malformed or of another kind."""
    values = {
        "token": (office.token, "0" * 32, "x"),
        "job": (office.job, UUID(int=7)),
        "claim": (1, 999_999, 10**30),
        "decision": (1, 999_999, 10**30),
        "version": (office.version, "0" * 64, "x"),
        "pack": ("iraq_2018", "nowhere"),
        "rest": ("x", "x/y/", "P-222222"),
        "hold": (UUID(int=7),),
        "dossier": (UUID(int=7),),
        "paper": (UUID(int=7),),
        "contact": (UUID(int=7),),
        "opening": (UUID(int=7),),
        "alarm": (UUID(int=7),),
        "holder": (UUID(int=7),),
        "legal_hold": (UUID(int=7),),
        "erasure": (UUID(int=7),),
        "export": (UUID(int=7),),
        "safeguard": ("S11", "S43", "S999", "x-y"),
        "finding": (1, 999_999, 10**30),
        "question": (1, 999_999, 10**30),
        "assignment": (1, 999_999, 10**30),
        "offer": (1, 999_999, 10**30),
        "account": (UUID(int=7),),
        "task": (1, 999_999, 10**30),
        "representative": (UUID(int=7),),
        "answer": (UUID(int=7),),
        "post": (UUID(int=7),),
        "request_id": (UUID(int=7),),
        "aref": ("A-222222", "P-222222", "..", "x%00y"),
        "dref": ("D-222222", "P-222222", "..", "x%00y"),
        "appeal": (1, 999_999, 10**30),
        "mref": ("M-222222", "P-222222", "..", "x%00y"),
    }
    for name, each in ALL.items():
        own, absent = {
            **dict.fromkeys(
                ("case", "determinations", "moves", "caseload", "contacts", "papers", "returns"),
                (office.person, "P-222222"),
            ),
            **dict.fromkeys(
                ("representatives", "requests", "wards", "missions"), (office.person, "P-222222")
            ),
            "law": (office.change, "C-222222"),
        }.get(name.partition(":")[0], (office.batch, "B-222222"))
        refs = (own, absent, own.lower(), "P-2222", "F-222222", "x%00y", "..", office.batch, office.person)
        parts = each.pattern.converters
        for at in range(max([1, *(len(refs if part == "ref" else values[part]) for part in parts)])):
            given = {part: (refs if part == "ref" else values[part]) for part in parts}
            yield name, reverse(name, kwargs={part: of[min(at, len(of) - 1)] for part, of in given.items()})


def without_keys(answer: Any) -> bytes:
    """The body without its own address and the form key, which differs with every answer."""
    body = answer.content.replace(answer.wsgi_request.path.encode(), b"")
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", body)


@pytest.mark.parametrize("role", [*sorted(ROLES), "nobody"])
def test_no_address_opens_to_another_role_by_any_method(
    role: str, office_with: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    may = ROLES[role].may if role in ROLES else frozenset()
    wrong = []
    client = Client() if role == "nobody" else signed_in(role)
    own = dict(reversed([*addresses(office_with)]))
    for name, address in own.items():
        if rule(name) == PUBLIC or rule(name) in may or (role in ROLES and rule(name) == SIGNED_IN):
            continue
        for method in METHODS:
            for mode, headers in (MODES if method in {"get", "post"} else {"plain": MODES["plain"]}).items():
                answer = getattr(client, method)(address, headers=headers)
                shut = answer.status_code == 404 or (
                    role == "nobody"
                    and (answer.status_code == 302 or "HX-Redirect" in answer.headers)
                    and not answer.content
                )
                if not shut:
                    wrong.append((name, method, mode, answer.status_code))
    assert wrong == []


def test_no_method_no_parameter_and_no_reference_breaks_an_address(
    office_with: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client, wrong, met = signed_in("supervisor"), [], set()
    client.raise_request_exception = False
    for name, address in addresses(office_with):
        if name.startswith("session:"):
            continue
        tries = [("get", address)]
        if name not in met and name in ASKED_WITH_PARAMETERS:
            tries += [("get", address + odd) for odd in ODD]
        if name not in met:
            tries += [(method, address) for method in ("put", "delete", "options")]
        met.add(name)
        for method, tried in tries:
            answer = getattr(client, method)(tried)
            if answer.status_code >= 500 or (
                method in {"put", "patch", "delete"} and answer.status_code < 400
            ):
                wrong.append((name, method, tried, answer.status_code))
    assert wrong == []


def test_looking_by_any_safe_method_writes_nothing(
    office_with: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client, before = signed_in("operator"), AuditEntry.objects.count()
    for name, address in dict(reversed([*addresses(office_with)])).items():
        if not name.startswith("session:"):
            for method in ("get", "head", "options"):
                getattr(client, method)(address)
    assert AuditEntry.objects.count() == before
    assert staging.load(office_with.token).token == office_with.token


def test_what_is_not_there_and_what_is_not_for_you_answer_in_the_same_bytes(
    office_with: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("administrator")
    real, absent = f"/people/{office_with.person}/", "/people/P-222222/"
    staged, none = f"/register/staged/{office_with.token}/", f"/register/staged/{'0' * 32}/"
    batch, no_batch = f"/register/{office_with.batch}/", "/register/B-222222/"

    def seen(address: str) -> tuple[int, bytes, list[tuple[str, str]]]:
        answer = client.get(address)
        kept = sorted((k, v) for k, v in answer.headers.items() if k != "Content-Length")
        return answer.status_code, without_keys(answer), kept

    for one, other in ((real, absent), (staged, none), (batch, no_batch)):
        assert seen(one) == seen(other)
    foreign = signed_in("supervisor")
    there, nowhere = foreign.get(staged), foreign.get(none)
    assert there.status_code == nowhere.status_code == 404 and without_keys(there) == without_keys(nowhere)


def test_the_job_and_the_staged_list_of_another_account_are_not_there(
    office_with: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    other = signed_in("supervisor")
    token, job = f"/register/staged/{office_with.token}", f"{office_with.batch}/undo/{office_with.job}"
    for address in (f"{token}/", f"{token}/progress/", f"{token}/held-back.csv", f"/register/{job}/"):
        assert other.get(address).status_code == 404
    for act in ("columns", "commit", "discard"):
        assert other.post(f"{token}/{act}/").status_code == 404
    assert staging.load(office_with.token)


def test_every_form_asks_for_its_key(office_with: SimpleNamespace, signed_in: Callable[..., Client]) -> None:
    signed = signed_in("operator")
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed.cookies
    for address in dict(reversed([*addresses(office_with)])).values():
        answer = client.post(address, {"email": "a@b.example", "password": "x"})
        # A consular address takes no form: whatever is sent there gets its one answer.
        assert answer.status_code == (
            404 if address.startswith("/consular/") and address != "/consular/" else 403
        ), address
    assert staging.load(office_with.token)


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/x", "//evil.example", "/\\evil.example", "\t//e"]
)
def test_no_form_leads_off_the_site(elsewhere: str, office: Any) -> None:
    answer = Client().post("/session/fonts/", {"fonts": "off", "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_a_body_that_no_list_can_have_is_refused_before_it_is_read(office: Any) -> None:
    answer = Client().generic("POST", "/session/in/", b"", CONTENT_LENGTH=str(10 * 1024**3))
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "address", ["/people/P-22%002222/", "/register/B%00/", "/people/?after=%00", "/?x=%00"]
)
def test_a_nul_in_an_address_is_refused_before_any_database_sees_it(
    address: str, signed_in: Callable[..., Client]
) -> None:
    assert signed_in("supervisor").get(address).status_code == 400


def test_an_answer_to_a_host_that_is_not_ours_is_refused(office: Any, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert Client(headers={"host": "evil.example"}).get("/session/in/").status_code == 400
