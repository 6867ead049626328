"""Sources and records of a pack in one file or several: read as one, each id once, edited where it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from small_pack import EVERYBODY, event, files, gap, rule, texts
from watched_pack import DECIDED_FIRST, KINDS, LOOKED_AT, record_fact, watched_files

from amana.core.errors import Fault, PackFaults
from amana.core.policy import build_pack
from amana.core.policy.editing.edits import Edit, EditRefused, apply_edit

INSTRUMENT = {
    "title": texts("more law"),
    "kind": "law",
    "standing": "reported",
    "articles": {"1": texts("one")},
}
EVENTS = {"reform": event("2017"), "later": event("2019")}


def single() -> dict[str, Any]:
    return watched_files([DECIDED_FIRST, LOOKED_AT], events=EVENTS)


def split(content: dict[str, Any]) -> dict[str, Any]:
    """The same pack with its sources and records each in files of their own."""
    sources, records = content.pop("sources.yaml"), content.pop("records.yaml")
    content["sources/law.yaml"] = {"instruments": sources["instruments"]}
    content["sources/reforms.yaml"] = {"events": sources["events"]}
    return content | {f"records/{kind}.yaml": {kind: each} for kind, each in records.items()}


def faults(content: dict[str, Any]) -> tuple[Fault, ...]:
    with pytest.raises(PackFaults) as refused:
        build_pack(content)
    return tuple(refused.value.faults)


def test_a_pack_of_many_files_is_the_pack_of_the_single_ones() -> None:
    one, many = build_pack(single()), build_pack(split(single()))
    assert many.sources == one.sources
    assert many.events == one.events
    assert many.records == one.records
    assert many.watch is not None and one.watch is not None
    assert many.watch.decisions == one.watch.decisions


def test_a_folder_may_stand_beside_the_single_file() -> None:
    content = single()
    content["sources/more.yaml"] = {"instruments": {"more": INSTRUMENT}, "events": {"last": event("2020")}}
    visit = {**KINDS["stay"], "facts": {"visited_on": record_fact("date")}}
    content["records/visit.yaml"] = {"visit": visit}
    pack = build_pack(content)
    assert list(pack.sources) == ["law", "more"]
    assert list(pack.events) == ["reform", "later", "last"]
    assert list(pack.records) == [*build_pack(single()).records, "visit"]


def test_files_of_a_folder_are_read_by_name_and_the_person_comes_first() -> None:
    content = split(single())
    content["records/zz.yaml"] = content.pop("records/person.yaml")
    assert list(build_pack(content).records) == ["person", "parting", "stay"]


def test_the_order_of_events_over_files_is_content() -> None:
    turned = split(single())
    before = build_pack(dict(turned)).hash
    turned["sources/reforms.yaml"] = {"events": dict(reversed(EVENTS.items()))}
    assert build_pack(turned).hash != before


@pytest.mark.parametrize(
    ("file", "content", "ident", "first"),
    [
        ("sources/more.yaml", {"instruments": {"law": INSTRUMENT}}, "law", "sources.yaml"),
        ("sources/more.yaml", {"events": {"reform": event("2018")}}, "reform", "sources.yaml"),
        ("records/more.yaml", {"stay": KINDS["stay"]}, "stay", "records.yaml"),
    ],
)
def test_an_id_in_two_files_is_a_fault_of_the_later_that_names_the_earlier(
    file: str, content: dict[str, Any], ident: str, first: str
) -> None:
    (found,) = [each for each in faults(single() | {file: content}) if "There is another" in each.reason]
    assert (found.file, found.id) == (file, ident)
    assert found.reason.endswith(f"“{ident}” in {first}.")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sources/more.yaml", "a text"),
        ("sources/more.yaml", None),
        ("sources/more.yaml", {"texts": {"more": INSTRUMENT}}),
        ("sources/more.yaml", {"instruments": {"more": INSTRUMENT | {"standing": "seen"}}}),
        ("sources/more.yaml", {"events": ["reform"]}),
        ("sources/more.csv", [{"id": "more"}]),
        ("records/more.yaml", ["stay"]),
        ("records/more.yaml", {"visit": {"title": texts("visit")}}),
    ],
)
def test_a_fault_names_the_file_of_the_folder(name: str, content: Any) -> None:
    assert name in {each.file for each in faults(single() | {name: content})}


def edited(content: dict[str, Any], target: str, **more: Any) -> dict[str, Any]:
    return apply_edit(content, Edit("event", target, None, more))


def test_an_event_is_corrected_in_the_file_it_stands_in() -> None:
    content = split(single())
    after = edited(content, "reform", on="2018")
    assert after["sources/reforms.yaml"]["events"]["reform"]["on"] == "2018"
    assert set(after) == set(content)
    assert build_pack(after).events["reform"] != build_pack(content).events["reform"]


def test_a_fault_of_an_edit_names_the_file_that_the_event_stands_in() -> None:
    with pytest.raises(EditRefused) as refused:
        edited(split(single()), "reform", on="2017", standing="verified")
    assert {each.file for each in refused.value.faults} == {"sources/reforms.yaml"}


def test_an_unknown_event_names_those_of_every_file() -> None:
    with pytest.raises(EditRefused) as refused:
        edited(split(single()) | {"sources/z.yaml": {"events": {"last": event("2020")}}}, "none", on="2018")
    assert any("last, later, reform" in each.mend for each in refused.value.faults)


def parameter(**instrument: Any) -> Edit:
    content = {"value": 17, "source": f"{instrument['id']}/1", "reading": texts("as it is read now")}
    return Edit("parameter", "grown", date(2020, 1, 1), content | {"instrument": instrument})


def test_a_new_text_stands_in_the_single_file_beside_the_folder() -> None:
    after = apply_edit(split(single()), parameter(id="more", **INSTRUMENT))
    assert set(after["sources.yaml"]["instruments"]) == {"more"}
    assert list(build_pack(after).sources) == ["more", "law"]


def test_new_articles_of_a_known_text_stand_where_the_text_does() -> None:
    known = split(single())["sources/law.yaml"]["instruments"]["law"]
    after = apply_edit(split(single()), parameter(id="law", **known | {"articles": {"2": texts("two")}}))
    assert set(after["sources/law.yaml"]["instruments"]["law"]["articles"]) == {"1", "2"}
    assert "sources.yaml" not in after


def test_a_known_text_said_otherwise_is_a_fault_of_its_file() -> None:
    with pytest.raises(EditRefused) as refused:
        apply_edit(split(single()), parameter(id="law", **INSTRUMENT))
    assert {each.file for each in refused.value.faults} == {"sources/law.yaml"}


def test_a_period_up_to_an_event_of_a_folder_is_read_for_the_next_change() -> None:
    content = files([rule("all", EVERYBODY, "home")], [gap("silent", "NOT (age >= 0)")], EVENTS)
    content["gaps.yaml"] = []
    content["sources/reforms.yaml"] = {"events": content["sources.yaml"].pop("events")}
    content["rules/rules.yaml"][0]["in_force"] = {"from": "event:later"}
    with pytest.raises(EditRefused) as refused:
        apply_edit(content, Edit("rule_ended", "all", date(2018, 1, 1), {}))
    assert any("2019-12-31" in each.mend for each in refused.value.faults)
