"""Canaries in every field appear for no role outside its row: pages, search and counts, exports, papers to
print, the log, error pages and mail, the command line and the files it leaves.

There is no interface for programs besides the pages: a test says so.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import canaries
import pytest
from canaries import Canary
from click.testing import CliRunner
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from test_access import ALL, PLAIN, rule

from amana.apps.accounts.queries import viewer
from amana.apps.accounts.roles import ROLES
from amana.apps.audit.logs import QuietFormatter
from amana.apps.determinations.models import Determination
from amana.apps.exports import codes
from amana.apps.placements.models import Stay
from amana.apps.registry.models import Person
from amana.casework import exporting
from amana.casework.exporting import Wish
from amana.cli import amana, in_words
from amana.exchange.leaving import leave
from amana.web.access import PUBLIC, SIGNED_IN
from small_office import AT, TODAY

READS = {
    "registrar": "C1 C2 C3 C4", "caseworker": "C1 C2 C3 C4 C5 C8 C9", "supervisor": "C1 C2 C3 C4 C8 C9",
    "facility_manager": "C1 C2", "court_liaison": "C1 C3 C4 C8", "health_worker": "C1 C4 C7 C9",
    "guardian": "C1 C2 C3 C4 C5 C7 C8 C9", "monitor": "C2 C8", "operator": "C1 C2 C3 C4 C5 C8 C9",
}  # fmt: skip
"""The classes that the specification lets a role read of people in its relation; what is sealed is not, but
for the guardian, who is named here for what is sealed of her ward; nor is what a supervisor reads with a
reason, before she gives one.
"""

NARROW = "other_caseworker"
"""Holds a referral of the first child that opens identity alone, besides the cases of her own team."""

NOBODYS = {
    ("administrator", "placements.Facility"): "gives accounts the places they keep; places tell of nobody",
    ("court_liaison", "placements.Facility"): "names the place an allegation is of; places tell of nobody",
    ("health_worker", "placements.Facility"): "names the place an allegation is of; places tell of nobody",
    ("monitor", "oversight.Question.text"): "asks it herself",
    ("monitor", "oversight.Question.answer"): "is answered",
    ("monitor", "oversight.Waiver.ground"): "is told why a finding rests: written to be shown to her",
}
OWN = {("supervisor", "oversight.Waiver.ground"), ("supervisor", "oversight.Question.answer")}
"""What somebody of this role wrote herself in this office, of her own people, and reads without a reason."""
WORD = re.compile(r"zq[b-df-hj-np-tv-xz]{5}", re.IGNORECASE)


@pytest.fixture
def cast(full: SimpleNamespace) -> SimpleNamespace:
    cast: SimpleNamespace = full.cast
    return cast


def reach(role: str, full: SimpleNamespace) -> frozenset[str]:
    """Whose records a role reaches in this office, said from the records of its relation themselves."""
    of_batch = lambda whose: Person.objects.filter(batch=whose.batch)  # noqa: E731
    first, second = (
        frozenset(of_batch(each).values_list("ref", flat=True)) for each in (full.mine, full.theirs)
    )
    if role == "operator":
        return first | second
    if role in ("registrar", "caseworker", "supervisor"):
        return first
    if role in ("other_caseworker", "other_supervisor"):
        return second | ({full.mine.person} if role == NARROW else frozenset())
    if role == "facility_manager":
        site = Stay.objects.get(person=full.mine.person, until__isnull=True).facility_id
        return frozenset(
            Stay.objects.filter(facility=site, until__isnull=True).values_list("person_id", flat=True)
        )
    return (
        frozenset({full.mine.person})
        if role in ("court_liaison", "health_worker", "guardian")
        else frozenset()
    )


def allowed(key: str, full: SimpleNamespace) -> Callable[[Canary], bool]:
    """Whether somebody may meet a canary: her row of the matrix, whose it is, and what her referral opens."""
    role, people = key.removeprefix("other_"), reach(key, full)
    classes = READS.get(role, "").split()
    kin = frozenset(Person.objects.filter(ref__in=people).values_list("family", "batch").iterator())
    groups = {f"family {family}" for family, _ in kin} | {f"batch {batch}" for _, batch in kin}

    def may(canary: Canary) -> bool:
        if any(role == who and canary.column.startswith(what) for who, what in NOBODYS):
            return True
        if (role, canary.column) in OWN:
            return canary.person in people
        if canary.cls not in classes:
            return False
        if canary.person is None:
            return True  # of nobody: the name of a place, for who reads places
        if key == NARROW and canary.person == full.mine.person:
            return canary.cls == "C1"
        return canary.person in people or canary.person in groups

    return may


def leaks(
    text: str, key: str, full: SimpleNamespace, may: Callable[[Canary], bool] | None = None
) -> set[str]:
    """The columns of the canaries in a text that this role may not meet; nobody may where `may` says so."""
    met = {word.lower() for word in WORD.findall(text)}
    lawful = may or allowed(key, full)
    return {f"{each.column} {each.cls}" for each in full.planted if each.word in met and not lawful(each)}


def opens(role: str, name: str) -> bool:
    return rule(name) in {PUBLIC, SIGNED_IN} or rule(name) in ROLES[role].may


def addresses(full: SimpleNamespace, role: str) -> list[str]:
    """Every address that a role may open at all, of either child."""
    found = [
        reverse(name) for name in sorted(PLAIN) if opens(role, name) and not name.startswith("session:sign")
    ]
    for whose in (full.mine, full.theirs):
        parts = {**whose.parts, "version": "0" * 64, "pack": "iraq_2018"}
        for name in sorted(set(ALL) - set(PLAIN)):
            asked = ALL[name].pattern.converters
            if opens(role, name) and set(asked) <= set(parts):
                area = name.partition(":")[0]
                given = {part: parts[part] for part in asked}
                if area == "register":
                    given["ref"] = whose.batch
                found.append(reverse(name, kwargs=given))
    return found


@pytest.mark.parametrize("model", sorted({label for label, _, _ in canaries.guarded_columns()}))
def test_every_column_of_a_guarded_class_holds_a_canary_or_is_said_to_hold_a_code(
    model: str, full: SimpleNamespace
) -> None:
    met = {each.column for each in full.planted}
    without = [
        name for name in canaries.words_columns(model)
        if not any(column == f"{model}.{name}" or column.startswith(f"{model}.{name}.") for column in met)
    ]  # fmt: skip
    known = {name for label, name, _ in canaries.guarded_columns() if label == model}
    said = {*canaries.CODES.get(model, "").split(), *canaries.LATER.get(model, "").split()}
    assert without == [] and said <= known


@pytest.mark.parametrize("key", sorted({*ROLES, "other_caseworker", "other_supervisor"}))
def test_no_page_search_count_or_paper_shows_a_canary_outside_the_row(
    key: str, full: SimpleNamespace, signed_in: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    role, client, may, found, met = key.removeprefix("other_"), signed_in(key), allowed(key, full), {}, ""
    for address in addresses(full, role):
        answer = client.get(address)
        text = answer.getvalue().decode(errors="replace") + " ".join(map(str, answer.headers.values()))
        met += text
        if wrong := leaks(text, key, full, may):
            found[address] = wrong
    assert found == {}
    formatted = " ".join(map(QuietFormatter("%(message)s").format, caplog.records))
    assert leaks(formatted, key, full, may=lambda _: False) == set()
    if role in ("caseworker", "supervisor", "operator", "guardian", "registrar"):
        assert len({word.lower() for word in WORD.findall(met)}) > 15  # the walk meets what it may


def test_a_reason_opens_the_protection_notes_of_one_case_and_of_no_other(
    full: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client, ref = signed_in("supervisor"), full.mine.person
    notes = {each.word: each for each in full.planted if each.cls == "C5"}
    given = {"why_read": "Her counsel asks what holds it.", "why_read_of": f"C5 {ref}"}
    assert client.post(reverse("returns:case-show", args=[ref]), given).status_code == 302
    text = "".join(
        client.get(address).getvalue().decode(errors="replace") for address in addresses(full, "supervisor")
    )
    met = [notes[word] for word in {each.lower() for each in WORD.findall(text)} & set(notes)]
    tables = {each.column.rpartition(".")[0] for each in met}
    assert {"determinations.Determination", "oversight.Waiver", "placements.PlannedMove"} <= tables
    assert {each.person for each in met} == {ref}


def test_a_page_that_forgets_the_reason_shows_nothing(
    full: SimpleNamespace, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = Determination.objects.get(ref=full.mine.parts["dref"])
    assert row.reasons
    monkeypatch.setattr("amana.web.people.views.cards", lambda *args, **kwargs: row.reasons)
    page = signed_in("supervisor").get(reverse("people:person-list")).content.decode()
    assert "why_read" in page and row.reasons not in page


@pytest.mark.parametrize(
    "key", ["registrar", "caseworker", "supervisor", "facility_manager", "health_worker", NARROW]
)
def test_a_search_finds_and_counts_nobody_outside_the_reach(
    key: str, full: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client, people = signed_in(key), reach(key, full)
    for each in (each for each in full.planted if each.column in canaries.SEARCHED and each.cls == "C1"):
        shown = client.get(reverse("people:person-list"), {"q": each.word[:6]}).content.decode()
        told = shown.partition('id="people-results"')[2] + shown.partition('id="people-count"')[2][:200]
        assert (each.word in told.lower()) == (each.person in people)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("key", ["supervisor", "facility_manager"])
def test_a_file_that_leaves_holds_no_canary_outside_the_row(
    key: str, form: str, full: SimpleNamespace, tmp_path: Path
) -> None:
    who = viewer(getattr(full.cast, key).user_id)
    site = Stay.objects.get(person=full.mine.person, until__isnull=True).facility_id
    held = key == "facility_manager"
    columns = codes.OF_ROLL_CALL if held else ("ref", "name_ar", "name_latin", "place", "family")
    asked = {"facility": (site,)} if held else {"batch": (full.mine.batch,)}
    wish = Wish(columns, asked, form, "court", "Juvenile court", "hearing", "The court asks who will come.")
    told: dict[str, Any] = {"at": AT, "on": TODAY}
    people = exporting.count(wish, by=who, on=TODAY)
    ident = exporting.ask(wish, people=people, by=who, **told)
    said = {"yes": True, "people": people, "reason": "The hearing is listed."}
    if not held:
        exporting.answer(ident, **said, by=full.cast.other_supervisor, **told)
    file = leave(ident, by=who, **told)
    text = file.content.decode(errors="replace")
    if form == "xlsx":
        with ZipFile(BytesIO(file.content)) as parts:
            text = " ".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    assert people and WORD.search(text)
    assert leaks(text, key, full) == set()


def test_no_address_answers_programs() -> None:
    assert not [name for name in ALL if re.search(r"api|json|graphql|rpc", name)]


@pytest.fixture
def failing(full: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages break with every canary in their words and at hand."""
    words = [each.word for each in full.planted]

    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(f"row {words} already exists")

    for name in ("case.views.open_case", "people.views.cards"):
        monkeypatch.setattr(f"amana.web.{name}", fails)


@pytest.mark.usefixtures("failing")
@pytest.mark.parametrize("key", ["caseworker", "facility_manager", "guardian"])
def test_an_error_tells_no_canary_on_the_page_in_the_log_or_by_mail(
    key: str, full: SimpleNamespace, signed_in: Callable[..., Client], settings: Any, caplog: Any
) -> None:
    settings.ADMINS = [("Admin", "admin@office.example")]
    client = signed_in(key)
    client.raise_request_exception = False
    caplog.set_level(logging.DEBUG)
    for address in (reverse("people:person-list"), reverse("case:person-show", args=[full.mine.person])):
        answer = client.get(address)
        assert answer.status_code == 500 and not WORD.search(answer.content.decode())
    written = " ".join(map(QuietFormatter("%(message)s").format, caplog.records))
    assert "RuntimeError" in written and not WORD.search(written)
    assert not any(WORD.search(f"{each.subject}{each.body}") for each in mail.outbox)


def commands_that_read(full: SimpleNamespace) -> list[list[str]]:
    """The commands that print something of people; tests/cli/test_whose_commands.py walks all of them."""
    of_each = [
        told for whose in (full.mine, full.theirs) for told in (
            ["explain", whose.person], ["audit", "who-saw", whose.person], ["replay", whose.person],
            ["gate", whose.person, "--nation", "TJK"],
        )
    ]  # fmt: skip
    return [["queue", "--json"], ["sweep", "--json"], ["decide"], ["roles", "--json"], *of_each]


@pytest.mark.parametrize(
    "key", ["operator", "caseworker", "facility_manager", "health_worker", "monitor", "registrar"]
)
def test_the_command_line_and_the_files_it_leaves_hold_no_canary_outside_the_row(
    key: str, full: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("amana.exchange.demonstration.office.operator", lambda: getattr(full.cast, key))
    monkeypatch.chdir(tmp_path)
    may, found, refs = allowed(key, full), {}, set[str]()
    for told in commands_that_read(full):
        result = CliRunner().invoke(amana, told)
        text = result.output + (in_words(result.exception) if isinstance(result.exception, Exception) else "")
        refs |= set(re.findall(r"P-[2-9A-Z]{6}", text))
        if wrong := leaks(text, key, full, may):
            found[" ".join(told)] = wrong
    assert found == {} and refs <= reach(key, full)
    assert ({full.mine.person, full.theirs.person} <= refs) == (key == "operator")
    kept = [*tmp_path.rglob("*"), *Path(django_settings.HOME).rglob("*")]
    left = [path.name for path in kept if path.is_file() and not path.match("*.sqlite3*") and _holds(path)]
    assert left == []


def _holds(path: Path) -> bool:
    return bool(WORD.search(path.read_bytes().decode("latin-1")))
