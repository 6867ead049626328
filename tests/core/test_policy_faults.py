"""Each fault of a pack is refused with file, id, reason and mend; and all of them together."""

from __future__ import annotations

from typing import Any

import pytest
from small_pack import EVERYBODY, event, faults, files, gap, judge, rule, texts

from amana.core.errors import PackFaults
from amana.core.policy import build_pack

CHILD = rule("child", "age < :grown", "home")
ADULT = rule("adult", "age >= :grown", "clinic")


def sound(**changes: Any) -> dict[str, Any]:
    """A sound pack, its rule for children changed."""
    return files([CHILD | changes, ADULT])


def only(content: dict[str, Any]) -> Any:
    """The one fault of a pack."""
    found = faults(content)
    assert len(found) == 1, found
    assert found[0].mend
    return found[0]


def test_a_sound_pack_has_no_fault() -> None:
    assert faults(sound()) == ()


REFUSED_CONDITIONS = {
    "age_in_months > 3": "no fact “age_in_months”",
    "age + 1 > 3": "“age + 1” is not allowed",
    "AGE(birth) > 3": "no function “AGE”",
    "date_part('year', birth) > 3": "no function “date_part”",
    "birth > MAKE_DATE(2014, 1, 1)": "is no value",
    "birth > CURRENT_DATE": "is no value",
    "CASE WHEN ill THEN alone END": "is not allowed",
    "age IN (SELECT 3)": "is not allowed",
    "sex LIKE 'm%'": "is not allowed",
    "ill IS NULL": "is not allowed",
    "ill IS KNOWN": "person's fact",
    "seen_by_doctor IS NOT TRUE": "is not allowed",
    "age": "no fact “age”",
    "sex": "no boolean",
    "ill > 3": "is a boolean",
    "age >= 3.5": "is no value",
    "age >= 'three'": "is a whole number",
    "age BETWEEN 14 AND 4": "lower end",
    "age BETWEEN SYMMETRIC 14 AND 4": "is not allowed",
    "age >= :groan": "no parameter “:groan”",
    "sex = 'boy'": "no value of “sex”",
    "sex > 'male'": "has no order",
    "nationality = 'IRK'": "no value of “nationality”",
    "birth > '2014'": "no certain day",
    "birth > '2014-05~'": "no certain day",
    "birth > sex": "Only two date facts",
    "days_since(sex) > 3": "needs a date fact",
    "days_since(birth, 3) > 3": "takes one date fact",
    "x.age > 3": "no fact “x.age”",
    '"ill"': "no fact",
    "age > 3 AND": "incomplete or malformed",
    "age > 3; DROP TABLE person": "is not allowed",
    "sex = 'male": "not closed",
    "@ill": "is not allowed",
    "ill & alone": "is not allowed",
    "3 > 2": "is not allowed here",
}


@pytest.mark.parametrize(("when", "reason"), REFUSED_CONDITIONS.items())
def test_an_expression_outside_the_whitelist_is_refused_with_its_place(when: str, reason: str) -> None:
    found = only(sound(when=when))
    assert (found.file, found.id) == ("rules/rules.yaml", "child")
    assert reason in found.reason
    assert "position" in found.reason


def test_the_position_is_the_character_where_the_refused_part_begins() -> None:
    assert "position 14:" in only(sound(when="age < 18 AND foo > 3")).reason


def test_every_refusal_of_one_condition_is_told() -> None:
    found = faults(sound(when="foo > 3 AND (bar OR age < :baz)"))
    assert len(found) == 3


def test_two_rules_in_conflict_are_refused_with_both_named() -> None:
    found = only(files([CHILD, rule("adolescent", "age >= 15", "clinic")]))
    assert found.id == "child"
    assert "“adolescent”" in found.reason
    assert "age 15 to 17" in found.reason


def test_must_over_may_is_no_conflict() -> None:
    assert not faults(files([CHILD | {"modality": "must"}, rule("all", EVERYBODY, "clinic")]))


def test_a_conflict_within_the_window_of_the_law_alone_is_found() -> None:
    old = rule("old", "age < 18 AND ill", "clinic", in_force={"until": "event:b"})
    new = CHILD | {"in_force": {"from": "event:a"}}
    events = {"a": event("2017"), "b": event("2018")}
    found = faults(
        files([old, new, ADULT], [gap("g", "age < 18 AND NOT ill", in_force={"until": "event:a"})], events)
    )
    assert any("conflicts with" in fault.reason for fault in found)


def test_a_new_legal_gap_is_refused_with_an_example() -> None:
    found = only(files([rule("ill-child", "age < 18 AND ill", "home"), ADULT]))
    assert found.file == "gaps.yaml"
    assert "NOT ill" in found.reason


def test_a_gap_that_is_known_is_no_fault() -> None:
    ill = rule("ill-child", "age < 18 AND ill", "home")
    assert not faults(files([ill, ADULT], [gap("well", "age < 18 AND NOT ill")]))


def test_a_gap_that_covers_nothing_is_refused() -> None:
    found = only(files([CHILD, ADULT], [gap("none", "age < 3")]))
    assert found.id == "none"


def test_a_gap_that_reads_what_no_rule_reads_is_refused() -> None:
    found = faults(files([CHILD, ADULT], [gap("ill", "ill")]))
    assert any("no rule" in fault.reason and fault.id == "ill" for fault in found)


def test_an_uncertain_date_in_a_rule_is_refused() -> None:
    found = [fault for fault in faults(sound(in_force={"from": "2017-07/2018-01"})) if fault.id == "child"]
    assert "uncertain date" in found[0].reason
    assert "event" in found[0].mend


def test_a_certain_date_may_stand_in_a_rule() -> None:
    old = CHILD | {"id": "old", "in_force": {"until": "2018-01-01"}, "outcome": "clinic"}
    assert not faults(files([CHILD | {"in_force": {"from": "2018-01-01"}}, old, ADULT]))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"source": "other/1"}, "no source"),
        ({"source": "law/2"}, "lists no article"),
        ({"outcome": "prison"}, "no outcome"),
        ({"decision": "cure"}, "no decision"),
        ({"modality": "should"}, "not known"),
        ({"in_force": {"from": "event:unknown"}}, "names no event"),
        ({"exception_to": ["nobody"]}, "no rule"),
        ({"reason": {"en": "only English"}}, "“ar”"),
        ({"weather": "fine"}, "“weather” is not known"),
        ({"modality": "must_not", "outcome": "nothing"}, "the default"),
    ],
)
def test_a_rule_that_refers_to_what_is_not_there_is_refused(changes: dict[str, Any], reason: str) -> None:
    found = faults(sound(**changes))
    assert any(reason in fault.reason and fault.id == "child" for fault in found), found


def test_a_source_without_standing_is_refused() -> None:
    content = sound()
    del content["sources.yaml"]["instruments"]["law"]["standing"]
    assert any(fault.id == "law" and "standing" in fault.reason for fault in faults(content))


def test_an_interim_that_cites_an_absent_source_is_refused() -> None:
    content = sound()
    content["pack.yaml"]["decisions"]["care"]["interim"][0]["source"] = "nowhere/1"
    assert "nowhere/1" in only(content).reason


def test_undetermined_without_interim_handling_is_refused() -> None:
    content = sound()
    content["pack.yaml"]["decisions"]["care"]["interim"][0]["possible_any"] = ["nothing"]
    assert "Undetermined between “clinic” and “home”" in only(content).reason


def test_a_gap_without_interim_handling_is_refused() -> None:
    content = files([ADULT], [gap("children", "age < 18")])
    content["pack.yaml"]["decisions"]["care"]["interim"][0]["possible_any"] = ["clinic"]
    assert "“nothing” has no interim handling" in only(content).reason


def test_a_harsh_outcome_without_interim_handling_is_refused() -> None:
    content = sound()
    care = content["pack.yaml"]["decisions"]["care"]
    care["outcomes"]["clinic"]["harsh"] = True
    care["interim"][0]["possible_any"] = ["home", "nothing"]
    assert "“clinic” has no interim handling" in only(content).reason


def test_exceptions_in_a_circle_are_refused() -> None:
    one = rule("one", EVERYBODY, "home", exception_to=["two"])
    two = rule("two", EVERYBODY, "clinic", exception_to=["one"])
    assert "circle" in only(files([one, two])).reason


def test_a_parameter_with_dates_is_refused() -> None:
    content = sound()
    content["parameters.yaml"]["grown"]["from"] = "2018-01-01"
    assert any(fault.id == "grown" and "no dates" in fault.reason for fault in faults(content))


def test_an_outcome_without_an_arabic_label_is_refused() -> None:
    content = sound()
    del content["pack.yaml"]["decisions"]["care"]["outcomes"]["home"]["ar"]
    assert "no label in “ar”" in only(content).reason


def test_an_outcome_that_is_never_acted_on_asks_for_no_place() -> None:
    content = sound()
    home = content["pack.yaml"]["decisions"]["care"]["outcomes"]["home"]
    home["place"] = "state_home"
    assert build_pack(content).decisions["care"].outcomes["home"].place == "state_home"
    home["actionable"] = "never"
    assert "never acted on" in only(content).reason


@pytest.mark.parametrize("kind", ["detention", "juvenile", "nowhere"])
def test_no_outcome_asks_for_a_place_of_custody(kind: str) -> None:
    content = sound()
    content["pack.yaml"]["decisions"]["care"]["outcomes"]["home"]["place"] = kind
    assert f"“place: {kind}” is not known" in only(content).reason


def test_events_in_a_circle_are_refused() -> None:
    events = {"a": event("2017", after="b"), "b": event("2018", after="a")}
    assert all("circle" in fault.reason for fault in faults(files([CHILD, ADULT], events=events)))


def test_an_event_that_can_not_come_after_another_is_refused() -> None:
    events = {"a": event("2018"), "b": event("2017", after="a")}
    assert "Its last day lies before" in only(files([CHILD, ADULT], events=events)).reason


def test_an_event_that_can_not_come_after_one_far_up_the_chain_is_refused() -> None:
    events = {"a": event("2019"), "b": event("2017/2020", after="a"), "c": event("2018", after="b")}
    found = only(files([CHILD, ADULT], events=events))
    assert (found.id, "“a”" in found.reason) == ("c", True)


@pytest.mark.parametrize(
    "period",
    [
        {"from": "event:b", "until": "event:a"},
        {"from": "event:a", "until": "event:a"},
        {"from": "2018-03-01", "until": "event:a"},
        {"from": "2018-03-01", "until": "2018-03-01"},
        {"from": "2018-03-01", "until": "2018-02-01"},
    ],
)
def test_a_period_that_is_never_is_refused(period: dict[str, str]) -> None:
    events = {"a": event("2017"), "b": event("2017/2018", after="a")}
    old = rule("old", "ill", "clinic", in_force=period)
    found = faults(files([CHILD, ADULT, old], events=events))
    assert any("in_force" in fault.reason and fault.id == "old" for fault in found)


@pytest.mark.parametrize("content", [{}, {"pack.yaml": None}, {"pack.yaml": "text"}, {"pack.yaml": []}])
def test_a_pack_without_a_head_is_refused(content: dict[str, Any]) -> None:
    assert any(fault.file == "pack.yaml" for fault in faults(content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("facts.yaml", "a text"),
        ("facts.yaml", {"birth": None}),
        ("facts.yaml", {"Birth": {"type": "time"}}),
        ("parameters.yaml", {"grown": {"value": True, "label": texts("x")}}),
        ("sources.yaml", {"instruments": ["law"]}),
        ("rules/rules.yaml", ["a text"]),
        ("rules/rules.yaml", [{"id": "x"}]),
        ("gaps.yaml", {"a": "mapping"}),
        ("conflicts.yaml", [{"id": "K1"}]),
        ("cases/c.csv", [{"ref": "x", "on": "soon"}]),
        ("rules.yaml", []),
    ],
)
def test_a_malformed_file_is_refused_and_named(name: str, content: Any) -> None:
    assert any(fault.file == name for fault in faults(sound() | {name: content}))


def test_more_groups_of_codes_than_can_be_held_are_refused() -> None:
    codes = ["AFG", "AZE", "BEL", "DEU", "FRA", "GEO", "IDN", "IRQ", "KAZ", "KGZ", "MAR", "RUS", "TJK"]
    rules = [rule(code.lower(), f"nationality = '{code}'", "home") for code in codes]
    assert any("groups of its codes" in fault.reason for fault in faults(files(rules)))


def test_all_faults_are_told_together() -> None:
    content = sound(when="foo", source="bar")
    content["pack.yaml"]["decisions"]["care"]["outcomes"]["home"].pop("ar")
    with pytest.raises(PackFaults) as refused:
        build_pack(content)
    assert {fault.file for fault in refused.value.faults} == {"rules/rules.yaml", "pack.yaml"}
    assert len(refused.value.faults) == 3


def test_the_hash_of_a_pack_is_of_its_content_not_of_its_order() -> None:
    content = sound()
    turned = dict(reversed(content.items()))
    before = build_pack(content).hash
    assert build_pack(turned).hash == before
    content["parameters.yaml"]["grown"]["value"] = 17
    assert build_pack(content).hash != before


@pytest.mark.parametrize("kind", ["facts.yaml", "sources.yaml"])
def test_the_order_of_facts_and_events_is_content_for_it_settles_ties(kind: str) -> None:
    content = files([CHILD, ADULT], events={"a": event("2018"), "b": event("2019")})
    before = build_pack(content).hash
    if kind == "facts.yaml":
        content[kind] = dict(reversed(content[kind].items()))
    else:
        content[kind]["events"] = dict(reversed(content[kind]["events"].items()))
    assert build_pack(content).hash != before


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9990-01-01"])
def test_a_day_at_the_end_of_the_calendar_is_read_like_any_other(day: str) -> None:
    rules = [rule("late", f"arrived <= '{day}'", "home"), rule("other", "NOT (arrived <= :last)", "home")]
    rules += [rule("old", "birth < '9990-01-01' AND age >= 18", "home")]
    content = files(rules) | {"parameters.yaml": {"last": {"value": day, "label": texts("last")}}}
    pack = build_pack(content)
    assert judge(pack, arrived="2018", birth="2014").outcome == "home"
    assert judge(pack, arrived="9999-12-31").outcome == "home"


def test_a_conflict_that_shows_only_at_the_end_of_a_long_month_is_found() -> None:
    month = rule("month", "months_since(birth) < 1", "home")
    days = rule("days", "days_since(birth) >= 30", "clinic")
    found = faults(files([month, days]))
    assert any("conflicts with" in fault.reason for fault in found)


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("age < 18 -- AND ill", "comment"),
        ("age /* years */ < 18", "comment"),
        ("(" * 1500 + "ill" + ")" * 1500, "too deep"),
        (" OR ".join(["ill"] * 1500), "characters"),
    ],
)
def test_a_condition_that_hides_or_buries_something_is_refused(when: str, reason: str) -> None:
    assert reason in only(sound(when=when)).reason


@pytest.mark.parametrize("ident", ["default", "a;b", "a b", "قاعدة"])
def test_a_rule_whose_id_would_garble_an_answer_is_refused(ident: str) -> None:
    assert faults(sound(id=ident))


@pytest.mark.parametrize("ident", ["undetermined", "invalid", "a;b"])
def test_an_outcome_whose_id_would_garble_an_answer_is_refused(ident: str) -> None:
    content = sound()
    content["pack.yaml"]["decisions"]["care"]["outcomes"][ident] = texts("odd")
    assert only(content).id == ident
