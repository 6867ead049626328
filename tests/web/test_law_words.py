"""What the forms and the impact of the law desk say: in words of the desk, in any digits, of possible ages
and real countries, and of nothing that is not so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from small_change import FROM, gap_opened, told

from amana.apps.decisions.models import Proposal
from amana.apps.decisions.pack_text import text_on_disk
from amana.apps.decisions.packs import find_pack
from amana.casework import proposals
from amana.core.policy.editing.edits import Edit
from amana.web.law.fault_words import fault_in_words
from amana.web.law.impact import impact_page
from small_office import AT, TODAY

THRESHOLD = "/law/changes/new/?what=parameter:stay_with_mother_max"
ORIGINS = "/law/changes/new/?what=parameter:state_home_1980_origins"
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


def origins(value: str, **more: str) -> dict[str, str]:
    return told("state_home_1980_origins", value=value, source="iq-law-126-1980/admission-1980", **more)


@pytest.mark.parametrize(("value", "day"), [("٢", "٢٠١٨-٠٢-٠١"), ("۲", "۲۰۱۸/۰۲/۰۱"), (" 2 ", "2018-02-01")])
def test_values_and_days_are_read_in_the_digits_of_any_keyboard(value: str, day: str, editor: Client) -> None:
    page = editor.post(THRESHOLD, told(value=value, from_day=day, look="yes")).content.decode()
    assert 'value="2018' in page and 'value="٢' not in page
    editor.post(THRESHOLD, told(value=value, from_day=day, store="yes"))
    (stored,) = Proposal.objects.all()
    assert (stored.edits[0]["content"]["value"], stored.edits[0]["from"]) == (2, FROM.isoformat())


def test_conditions_and_days_of_the_count_are_read_in_any_digits_too(
    editor: Client, cast: SimpleNamespace
) -> None:
    editor.post(NEW_RULE, {**RULE, "when": "age <= ٢ AND mother_present", "store": "yes"})
    (stored,) = Proposal.objects.all()
    assert stored.edits[0]["content"]["when"] == "age <= 2 AND mother_present"
    assert 'value="2018-03-01"' in editor.get(f"/law/changes/{stored.ref}/?on=٢٠١٨-٠٣-٠١").content.decode()


def test_a_day_in_another_order_is_asked_for_again_instead_of_guessed(editor: Client) -> None:
    answer = editor.post(THRESHOLD, told(from_day="01/03/2018", store="yes"))
    assert answer.status_code == 422 and "Write the day as year, month, day" in answer.content.decode()


@pytest.mark.parametrize("age", ["121", "200", "٢٠٠"])
def test_an_age_that_nobody_has_is_refused_at_its_field(age: str, editor: Client) -> None:
    page = editor.post(THRESHOLD, told(value=age, store="yes")).content.decode()
    assert "Write an age from 0 to 120." in page and 'id="id_value_error"' in page
    page = editor.post(NEW_RULE, {**RULE, "when": f"age <= {age}", "store": "yes"}).content.decode()
    assert "Write an age from 0 to 120." in page and Proposal.objects.count() == 0


@pytest.mark.parametrize("typed", ["Iraq, Turkey", "العراق، تركيا", "irq tur", "IRQ;TUR"])
def test_countries_are_read_by_name_or_code(typed: str, editor: Client) -> None:
    editor.post(ORIGINS, origins(typed, store="yes"))
    (stored,) = Proposal.objects.all()
    assert stored.edits[0]["content"]["value"] == ["IRQ", "TUR"]


def test_a_country_that_is_none_is_named_at_its_field_in_words_of_the_desk(editor: Client) -> None:
    page = editor.post(ORIGINS, origins("Iraq, Ruritania", store="yes")).content.decode()
    assert "No country is found under: Ruritania." in page and 'id="id_value_error"' in page
    assert "position" not in page.partition("There is a problem")[2].partition("</section>")[0]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_reading_that_stays_while_the_value_changes_is_asked_for_anew(
    language: str, editor: Client
) -> None:
    old = find_pack("iraq_2018").parameters["stay_with_mother_max"].reading[language]
    answer = editor.post(THRESHOLD, told(**{f"reading_{language}": old, "store": "yes"}))
    page = answer.content.decode()
    assert answer.status_code == 422 and f'id="id_reading_{language}_error"' in page
    assert "This is how the old value is read" in page


def test_every_sentence_that_tells_of_the_value_is_asked_about_and_must_be_answered(editor: Client) -> None:
    page = editor.get(THRESHOLD).content.decode()
    names = ("said_rule_infant-with-mother", "said_gap_infants-without-mother", "said_conflict_K2")
    assert all(f'name="{name}"' in page and f'name="{name}_ar"' in page for name in names)
    without = {key: value for key, value in told(store="yes").items() if key not in names}
    answer = editor.post(THRESHOLD, without)
    assert answer.content.decode().count("Say whether this sentence stays true") >= 3
    assert Proposal.objects.count() == 0


def test_a_sentence_said_anew_is_stored_with_the_edit_and_shown_to_whoever_decides(
    editor: Client, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    rule = "said_rule_infant-with-mother"
    half = told(store="yes", **{rule: "anew", f"{rule}_en": "", f"{rule}_ar": "يبقى معها."})
    assert "Write the sentence as it is true" in editor.post(THRESHOLD, half).content.decode()
    editor.post(THRESHOLD, {**half, f"{rule}_en": "Small children stay."})
    (stored,) = Proposal.objects.all()
    content = stored.edits[0]["content"]
    assert content["texts"] == {"rule:infant-with-mother": {"en": "Small children stay.", "ar": "يبقى معها."}}
    assert content["confirmed"] == ["gap:infants-without-mother", "conflict:K2"]
    page = signed_in("policy_approver").get(f"/law/changes/{stored.ref}/").content.decode()
    assert "Small children stay." in page and "Its author says that it stays true." in page
    after = proposals.impact(cast.policy_approver, stored.ref, TODAY, at=AT).after
    assert after.rules["infant-with-mother-2018-02-01"].reason["en"] == "Small children stay."


def test_a_change_that_came_without_its_sentences_says_that_nobody_looked(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    ref = proposals.propose(gap_opened(), title="x", reason="y", by=cast.rules_editor, at=AT)
    page = signed_in("policy_approver").get(f"/law/changes/{ref}/").content.decode()
    assert "nobody has said whether it stays true" in page


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("age < 3 AND age > 5", "The new rule can never hold"),
        ("age < 2 AND mother_present", ""),
    ],
)
def test_a_rule_that_can_never_hold_is_told_so(when: str, says: str, editor: Client) -> None:
    page = editor.post(NEW_RULE, {**RULE, "when": when, "look": "yes"}).content.decode()
    assert ("can never hold" in page) == bool(says) and says in page


def test_a_list_that_no_rule_reads_any_more_is_told_so(editor: Client) -> None:
    page = editor.post(ORIGINS, origins("IRQ, TUR", from_day="2019-02-15", look="yes")).content.decode()
    assert "No rule that is law from that day on reads this value" in page


def test_the_heads_of_the_table_name_the_day_and_never_call_it_today(editor: Client) -> None:
    page = editor.post(THRESHOLD, told(from_day="2018-06-01", look="yes")).content.decode()
    impact = page.partition('id="moves-title"')[2]
    assert "Without the change" in impact or "Nobody is registered" in impact
    assert "the answer today" not in impact and "Under the text of today" not in impact


def test_worked_cases_say_what_differs_where_the_answer_is_the_same(cast: SimpleNamespace) -> None:
    page = impact_page(proposals.preview(cast.rules_editor, gap_opened(), TODAY, at=AT))
    same = [line for line in page.cases if line.before == line.after]
    assert same and all(line.differs for line in same)
    assert any(before != after for line in same for _what, before, after in line.differs)


def test_an_unknown_fact_is_told_without_files(editor: Client) -> None:
    page = editor.post(NEW_RULE, {**RULE, "when": "height > 3", "look": "yes"}).content.decode()
    assert "There is no fact “height”" in page and "How a condition is written" in page
    assert "facts.yaml" not in page


def test_a_gap_and_a_conflict_are_told_in_labels_and_lead_to_the_form(editor: Client) -> None:
    gap = editor.post(THRESHOLD, told(look="yes")).content.decode()
    assert "From 1 February 2018 no rule speaks of: age 3, female" in gap and "Describe the gap under" in gap
    clash = {**RULE, "when": "age <= 5", "outcome": "state_home", "look": "yes"}
    conflict = editor.post(NEW_RULE, clash).content.decode()
    assert "two rules speak of" in conflict and "“state home”" in conflict
    for page in (gap, conflict):
        assert not re.search(
            r"\w+\.yaml|mother_present, |cells\)|amend-1980 has", page.partition("findings-title")[2]
        )


@pytest.mark.parametrize(
    "edits",
    [
        [gap_opened()],
        [Edit("rule_added", "x", FROM, {
            "id": "x", "decision": "placement", "modality": "must", "source": "iq-protocol-2018/infants",
            "when": "age <= 5", "outcome": "state_home", "reason": {"en": "a", "ar": "ب"},
        })],
        [Edit("rule_ended", "adult", FROM, {"source": "iq-jwl-76-1983/art-3"})],
    ],
)  # fmt: skip
def test_every_finding_of_a_draft_is_told_without_a_file(edits: list[Edit]) -> None:
    draft = text_on_disk("iraq_2018").edited(edits).draft
    assert draft.findings
    for each in draft.findings:
        told_so = " ".join(fault_in_words(each.reason, each.mend, draft, each.id))
        assert ".yaml" not in told_so and "in_force" not in told_so
