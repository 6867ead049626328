"""Putting a change of law forward: choose, say it, look, store. Looking stores nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import translation
from small_change import FROM, TITLE, told

from amana.apps.audit.models import AuditEntry
from amana.apps.audit.queries import sightings
from amana.apps.decisions.models import Proposal
from amana.apps.decisions.packs import find_pack
from amana.casework import proposals
from amana.web.law.change_forms import change_form
from amana.web.law.rule_language import rule_language
from amana.web.law.subjects import subject_named
from small_office import TODAY, settle

THRESHOLD = "/law/changes/new/?what=parameter:stay_with_mother_max"
NEW_RULE = "/law/changes/new/?what=new-rule"
RULE = {
    "rule_id": "infants-2018",
    "when": "age <= 2 AND mother_present",
    "outcome": "with_mother",
    "modality": "must",
    "reason_en": "Stays.",
    "reason_ar": "يبقى.",
    "from_day": "2018-02-01",
    "source": "iq-protocol-2018/infants",
    "title": "A rule",
    "why": "Tried.",
}


@pytest.fixture
def editor(signed_in: Callable[..., Client]) -> Client:
    return signed_in("rules_editor")


def test_everything_that_can_change_is_named_in_words_with_its_present_text(editor: Client) -> None:
    page = editor.get("/law/changes/new/").content.decode()
    pack = find_pack("iraq_2018")
    for parameter in pack.parameters.values():
        assert parameter.label["en"] in page and f"?what=parameter:{parameter.id}" in page
    for rule in pack.rules:
        assert f"?what=rule:{rule}" in page and f"?what=end:{rule}" in page
    assert "?what=event:amend-1980" in page and "?what=new-rule" in page


@pytest.mark.parametrize(
    "what",
    ["parameter:nothing", "rule:", "event:x", "end:default", "rule", "", "new-rule:x", "parameter:%00"],
)
def test_what_the_pack_does_not_hold_leads_back_to_the_choice(what: str, editor: Client) -> None:
    answer = editor.get("/law/changes/new/", {"what": what.replace("%00", "x")})
    assert answer.status_code == 200 and "What has changed in the law?" in answer.content.decode()


@pytest.mark.parametrize(
    "what",
    ["parameter:majority", "parameter:state_home_1980_origins", "rule:adult", "end:adult", "event:amend-1980",
     "new-rule"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_form_opens_with_what_stands_there_now(
    what: str, language: str, signed_in: Callable[..., Client]
) -> None:
    answer = signed_in("rules_editor", language).get("/law/changes/new/", {"what": what})
    page = answer.content.decode()
    assert answer.status_code == 200 and page.count("<h1") == 1
    subject = subject_named(what, find_pack("iraq_2018"), TODAY)
    assert subject
    for field in change_form(subject, find_pack("iraq_2018"), None, TODAY).fields:
        assert f'name="{field}"' in page, field


def test_looking_shows_what_would_follow_and_stores_nothing(
    editor: Client, cast: SimpleNamespace, tmp_path: Path
) -> None:
    settle(cast.registrar, tmp_path, people=60)
    before = AuditEntry.objects.count()
    page = editor.post(THRESHOLD, told(look="yes")).content.decode()
    assert "nothing is stored yet" in page and "2 instead of 3, from 1 February 2018" in page
    assert "to “no lawful placement”" in page
    assert Proposal.objects.count() == 0 and AuditEntry.objects.count() == before


def test_a_gap_that_opens_is_told_before_anything_is_stored_and_asked_to_be_described(editor: Client) -> None:
    page = editor.post(THRESHOLD, told(look="yes")).content.decode()
    assert "A gap in the law that nobody has described" in page
    assert re.search(r'<details class="fold" open>\s*<summary>It opens a gap', page)
    described = told(look="yes", gap_when="age = 3", gap_title_en="Of three", gap_title_ar="في الثالثة")
    assert "What stands in the way" not in editor.post(THRESHOLD, described).content.decode()


def test_storing_leads_to_the_proposal_with_title_reason_and_day(editor: Client) -> None:
    answer = editor.post(THRESHOLD, told(store="yes"))
    (stored,) = Proposal.objects.all()
    assert answer.headers["Location"] == f"/law/changes/{stored.ref}/"
    assert stored.title == TITLE and stored.edits[0]["from"] == FROM.isoformat()
    assert stored.edits[0]["content"]["value"] == 2


def test_changes_that_belong_together_go_into_one_proposal(editor: Client) -> None:
    assert editor.post(THRESHOLD, told(more="yes")).headers["Location"] == "/law/changes/new/"
    assert "Said so far" in editor.get("/law/changes/new/").content.decode()
    second = told("state_home_min", value="3", source="iq-protocol-2018/state-home", store="yes")
    editor.post("/law/changes/new/?what=parameter:state_home_min", second)
    (stored,) = Proposal.objects.all()
    assert [edit["target"] for edit in stored.edits] == ["stay_with_mother_max", "state_home_min"]
    assert "Said so far" not in editor.get("/law/changes/new/").content.decode()


def test_changes_said_so_far_can_be_dropped(editor: Client) -> None:
    editor.post(THRESHOLD, told(more="yes"))
    editor.post("/law/changes/new/", {"drop": "yes"})
    assert "Said so far" not in editor.get("/law/changes/new/").content.decode()


def test_a_new_text_comes_with_its_standing_and_is_never_verified(editor: Client) -> None:
    text = {
        "source": "new",
        "text_title_en": "Circular 7 of 2018",
        "text_title_ar": "التعميم 7 لسنة 2018",
        "text_weight": "national-law",
        "text_standing": "reported",
        "text_where": "Told by the ministry.",
    }
    editor.post(THRESHOLD, told(store="yes", **text))
    (stored,) = Proposal.objects.all()
    instrument = stored.edits[0]["content"]["instrument"]
    assert instrument["id"] == "circular-7-of-2018" and instrument["standing"] == "reported"
    refused = editor.post(THRESHOLD, told(store="yes", **{**text, "text_standing": "verified"}))
    assert re.search(r'<details class="fold" open>\s*<summary>A new text', refused.content.decode())
    assert refused.status_code == 422 and Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("value", "", "Write the new value."),
        ("value", "three", "Write a whole number"),
        ("value", "-1", "Write a whole number"),
        ("value", "3", "This is the present value"),
        ("from_day", "", "Write the first day of the new text."),
        ("from_day", "31/02/2018", "Write the day as year, month, day"),
        ("source", "", "Choose the text"),
        ("source", "nothing/at-all", "Select a valid choice"),
        ("source", "new", "Write the title of the new text in English."),
        ("title", "", "Say in one line what changes."),
        ("why", "", "Say why the change is proposed."),
        ("reading_ar", "", "Say in Arabic how the text is read."),
        ("gap_when", "age ==", "Position"),
        ("gap_title_en", "A gap", "Write the condition that takes in everybody"),
        ("why", "x" * 2001, "at most 2000"),
    ],
)
def test_a_fault_stands_beside_its_field_and_nothing_typed_is_lost(
    field: str, typed: str, says: str, editor: Client
) -> None:
    answer = editor.post(THRESHOLD, {**told(store="yes"), field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422 and Proposal.objects.count() == 0
    assert says in page and "There is a problem" in page
    assert f">{TITLE}<" in page or f'value="{TITLE}"' in page or field == "title"
    assert 'value="2018-02-01"' in page or field == "from_day"
    assert "<title>There is a problem" in re.sub(r">\s+", ">", page)


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("when", "", "Write the condition"),
        ("when", "age <", "malformed"),
        ("when", "height > 3", "height"),
        ("when", "DROP TABLE person", "Position 1"),
        ("when", "sex = 'boy'", "boy"),
        ("rule_id", "adult", "Another rule bears this name"),
        ("rule_id", "Ägypten!", "Use small letters"),
        ("rule_id", "default", "Another rule bears this name"),
        ("outcome", "prison", "Select a valid choice"),
        ("modality", "shall", "Select a valid choice"),
        ("exception_to", "nothing", "Select a valid choice"),
        ("reason_ar", "", "Say in Arabic what the rule says."),
    ],
)
def test_a_rule_that_can_not_be_read_is_refused_with_place_and_mend(
    field: str, typed: str, says: str, editor: Client
) -> None:
    answer = editor.post(NEW_RULE, {**RULE, "store": "yes", field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422 and says in page and Proposal.objects.count() == 0
    assert f'id="id_{field}_error"' in page


def test_a_new_rule_is_read_back_in_words_before_it_is_stored(editor: Client) -> None:
    page = editor.post(NEW_RULE, {**RULE, "look": "yes"}).content.decode()
    assert "Read as:" in page and "age is 2 or younger" in page


def test_a_fault_only_the_engine_sees_stands_beside_its_field_too(editor: Client) -> None:
    answer = editor.post(
        "/law/changes/new/?what=end:state-home-1980",
        {
            "from_day": "2018-02-01",
            "source": "iq-law-126-1980/admission",
            "title": "x",
            "why": "y",
            "look": "yes",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="id_from_day_error"' in page
    assert (
        "This rule already ends" in page
        and "amend-1980" not in page.partition('id="id_from_day_error"')[2][:300]
    )


def test_the_help_names_every_fact_and_threshold_of_the_pack() -> None:
    pack = find_pack("iraq_2018")
    language = rule_language(pack, TODAY)
    assert {word.write for word in language.facts} == {"age", *pack.facts}
    assert {word.write for word in language.parameters} == {f":{id}" for id in pack.parameters}
    for example, _words in language.examples:
        subject = subject_named("new-rule", pack, TODAY)
        assert subject
        form = change_form(subject, pack, {**RULE, "when": example}, TODAY)
        form.is_valid()
        assert "when" not in form.errors, example


def test_conditions_keep_their_direction_in_arabic(signed_in: Callable[..., Client]) -> None:
    page = signed_in("rules_editor", "ar").get(NEW_RULE).content.decode()
    assert re.search(r'<textarea[^>]*name="when"[^>]*dir="ltr"', page)
    assert re.search(r'<textarea[^>]*name="reason_ar"[^>]*dir="rtl"', page)


@pytest.mark.parametrize(
    "role", ["policy_approver", "caseworker", "supervisor", "registrar", "monitor", "operator"]
)
def test_nobody_else_can_put_a_change_forward(role: str, signed_in: Callable[..., Client]) -> None:
    client = signed_in(role)
    assert client.post(THRESHOLD, told(store="yes")).status_code == 404
    assert "Propose a change" not in client.get("/law/iraq_2018/").content.decode()
    assert Proposal.objects.count() == 0


def test_a_form_without_its_key_is_refused(editor: Client) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = editor.cookies
    assert client.post(THRESHOLD, told(store="yes")).status_code == 403
    assert Proposal.objects.count() == 0


def test_what_a_proposal_says_can_be_told_in_arabic(cast: SimpleNamespace, editor: Client) -> None:
    editor.post(THRESHOLD, told(store="yes"))
    (stored,) = proposals.proposals(cast.rules_editor)
    from amana.web.law.shown import shown

    with translation.override("ar"):
        assert "أقصى عمر يبقى فيه الطفل مع أمه" in shown(stored.edit, find_pack("iraq_2018")).says


def test_every_look_is_in_the_trail_with_what_was_asked(
    editor: Client, cast: SimpleNamespace, tmp_path: Path
) -> None:
    settle(cast.registrar, tmp_path, people=30)
    for when in ("age = 3 AND birth = '2014-06-01'", "age = 3 AND birth = '2014-06-02'"):
        answer = editor.post(NEW_RULE, {**RULE, "when": when, "look": "yes"})
        assert answer.status_code == 200 and "because your role sees no person" in answer.content.decode()
    asked = sightings("office", cast.monitor)
    assert {(each.actor, each.kind) for each in asked} == {(cast.rules_editor.audit_id, "change.weighed")}
    assert len(asked) == 2


@pytest.mark.parametrize("field", ["title", "why", "reading_en", "reading_ar"])
@pytest.mark.parametrize("typed", ["two \u202eyears", "two\u2066", "two\u0007"])
def test_what_would_not_be_shown_as_it_is_stored_is_refused(field: str, typed: str, editor: Client) -> None:
    answer = editor.post(THRESHOLD, told(store="yes", **{field: typed}))
    assert answer.status_code == 422 and f'id="id_{field}_error"' in answer.content.decode()
    assert Proposal.objects.count() == 0


def test_a_condition_of_very_many_days_is_refused_before_it_is_tried(editor: Client) -> None:
    days = " OR ".join(f"birth = '20{n // 12 + 1:02}-{n % 12 + 1:02}-01'" for n in range(140))
    began = time.monotonic()
    answer = editor.post(NEW_RULE, {**RULE, "when": days, "look": "yes"})
    assert answer.status_code == 422 and "60 can be tried together" in answer.content.decode()
    assert time.monotonic() - began < 3


def test_a_gap_so_wide_that_a_later_one_could_hide_in_it_is_refused(editor: Client) -> None:
    wide = told(store="yes", gap_when="age >= 0", gap_title_en="All", gap_title_ar="الكل")
    answer = editor.post(THRESHOLD, wide)
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="id_gap_when_error"' in page
    assert "of whom a rule speaks" in page and Proposal.objects.count() == 0
