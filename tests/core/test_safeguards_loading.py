"""Safeguards and kinds of record as they are written: what a pack with a mistake in them is told."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from small_pack import texts
from watched_pack import (
    DECIDED_FIRST,
    KINDS,
    LOOKED_AT,
    PARAMETERS,
    found,
    record_fact,
    safeguard,
    told,
    watched,
    watched_files,
)

from amana.apps.accounts.roles import ROLES
from amana.core.errors import PackFaults
from amana.core.policy import build_pack
from amana.core.safeguards import ACTS, DISCLOSING, TOLD, SafeguardVerdict

WAITING = safeguard("waits", "", "breach", needs_records=["custody"])


def mended(entry: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An entry with some keys changed; None takes a key out."""
    changed = deepcopy(entry) | more
    return {key: value for key, value in changed.items() if value is not None}


def test_an_alive_safeguard_and_one_that_waits_are_read_as_written() -> None:
    pack = watched(DECIDED_FIRST, LOOKED_AT, WAITING)
    first, looked, waits = pack.safeguards.values()
    assert (first.alive, looked.alive, waits.alive) == (True, True, False)
    assert first.facts_read == {"birth", "decided_on", "parted_on"}
    assert looked.facts_read == {"birth", "place", "last_look", "stay_since"}
    assert [(duty.start, duty.clock) for duty in looked.duties] == [
        ("stay_since", ":first_look"),
        ("last_look", "90"),
    ]
    assert (waits.needs_records, waits.watches) == (("custody",), "")
    assert first.weight == "law"
    assert pack.watch is not None
    assert set(pack.watch.decisions) == {"decided-first", "looked-at"}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (mended(DECIDED_FIRST, watches="custody"), "watches: custody"),
        (mended(DECIDED_FIRST, applies="height < 3"), "applies, position 1: There is no fact “height”"),
        (mended(DECIDED_FIRST, breach="stay_since IS KNOWN"), "There is no fact “stay_since”"),
        (mended(DECIDED_FIRST, breach="birth IS KNOWN"), "a person's fact"),
        (mended(DECIDED_FIRST, applies="home"), "There is no fact “home”"),
        (mended(DECIDED_FIRST, applies="alone_since IS KNOWN"), "There is no fact “alone_since”"),
        (mended(DECIDED_FIRST, breach=None), "“breach” is missing"),
        (mended(DECIDED_FIRST, severity="warn", breach=None), "“breach” is missing"),
        (mended(DECIDED_FIRST, applies=None), "“applies” is missing"),
        (mended(DECIDED_FIRST, severity="danger"), "severity: danger"),
        (mended(DECIDED_FIRST, alerts=["guard"]), "alerts: guard"),
        (mended(DECIDED_FIRST, alerts=None), "“alerts” is missing"),
        (mended(DECIDED_FIRST, basis=["treaty/9"]), "no source of the pack"),
        (mended(DECIDED_FIRST, basis=None), "“basis” is missing"),
        (mended(DECIDED_FIRST, clears=None), "“clears” is missing"),
        (mended(DECIDED_FIRST, remedy=[{"act": "punish"}]), "act: punish"),
        (mended(DECIDED_FIRST, remedy=[{"act": "assess", "only_if": "monday"}]), "only_if: monday"),
        (mended(DECIDED_FIRST, conflicts_with=["K1"]), "conflicts_with: K1"),
        (mended(DECIDED_FIRST, judged_on="place"), "judged_on: place"),
        (mended(DECIDED_FIRST, judged_on="birth"), "judged_on: birth"),
        (mended(DECIDED_FIRST, age_in_doubt="oldest"), "age_in_doubt: oldest"),
        (mended(DECIDED_FIRST, blocks="yes"), "“blocks” must be true or false"),
        (mended(DECIDED_FIRST, needs_records=["custody"]), "needs_records"),
        (mended(DECIDED_FIRST, duty={"start": "parted_on", "clock": 3}), "Only severity: duty"),
        (mended(DECIDED_FIRST, in_force={"from": "2018"}), "no certain day"),
        (mended(LOOKED_AT, breach="place = 'prison'"), "broken when its clock runs out"),
        (mended(LOOKED_AT, duty=None), "“duty” is missing"),
        (mended(LOOKED_AT, duty={"start": "stay_since"}), "“clock” is missing"),
        (mended(LOOKED_AT, duty={"start": "place", "clock": 3}), "start: place"),
        (mended(LOOKED_AT, duty={"start": "stay_since", "clock": "soon"}), "clock: soon"),
        (mended(LOOKED_AT, duty={"start": "stay_since", "clock": ":never"}), "clock: :never"),
        (mended(LOOKED_AT, duty={"start": "stay_since", "clock": ":codes"}), "no number of days"),
        (mended(LOOKED_AT, duty={"start": "stay_since", "clock": -3}), "clock: -3"),
        (mended(LOOKED_AT, duty={"start": "stay_since", "clock": 3, "when": "tall"}), "duty.when"),
        (mended(LOOKED_AT, duty={"start": "stay_since", "clock": 3, "done": "tall"}), "duty.done"),
        (mended(LOOKED_AT, duty={"start": "stay_since", "clock": 3, "until": 4}), "“until” is not known"),
        (mended(LOOKED_AT, duty=["soon"]), "mapping"),
        (mended(LOOKED_AT, judged_on="admitted"), "can't be judged as of another day"),
        (
            mended(LOOKED_AT, duty=[{"start": "stay_since", "clock": 3}, {"start": "last_look", "clock": 3}]),
            "always counts",
        ),
        (mended(WAITING, needs_records=None), "“needs_records” is missing"),
        (mended(WAITING, needs_records=["stay"]), "waits for nothing"),
        (mended(WAITING, applies="age < 18", breach="age < 3"), "watches nothing"),
    ],
)
def test_a_mistake_is_told_with_the_safeguard_it_lies_in(changed: dict[str, Any], reason: str) -> None:
    parameters = {**PARAMETERS, "codes": {"value": ["a", "b"], "label": texts("codes")}}
    faults = told(watched_files([changed], parameters=parameters))
    assert any(ident == changed["id"] and reason in said for ident, said in faults), faults


def test_no_safeguard_can_be_set_off_by_what_a_decision_answers() -> None:
    outcome = mended(DECIDED_FIRST, applies="care = 'home'")
    assert any("There is no fact “care”" in said for _, said in told(watched_files([outcome])))


@pytest.mark.parametrize("act", [*sorted(DISCLOSING), "disclose_to_origin"])
def test_a_remedy_that_discloses_to_a_country_of_origin_is_refused(act: str) -> None:
    asked = mended(DECIDED_FIRST, remedy=[{"act": act}])
    assert any("disclosure to a country of origin" in said for _, said in told(watched_files([asked])))


def test_an_act_that_discloses_may_be_owed_while_the_gate_of_the_country_is_open() -> None:
    asked = mended(DECIDED_FIRST, remedy=[{"act": "consult_consulate", "only_if": "country_gate"}])
    (remedy,) = watched(asked).safeguards["decided-first"].remedy
    assert (remedy.act, remedy.only_if) == ("consult_consulate", "country_gate")


NEVER_TOLD = {
    # A consul learns through the gate alone, a facility learns of nothing it may have done itself.
    "consular_officer", "facility_manager",
    # These have no desk at which a finding could be told; whoever gives them one adds them to TOLD.
    "court_liaison", "data_protection", "guardian", "health_worker", "statistician",
}  # fmt: skip


def test_acts_and_roles_are_those_of_the_product() -> None:
    assert set(TOLD) == set(ROLES) - NEVER_TOLD
    assert set(ACTS) >= DISCLOSING
    assert len(ACTS) == len(set(ACTS))


def conflict(**more: Any) -> dict[str, Any]:
    """A conflict of the small pack."""
    return {
        "id": "K1",
        "against": {"rules": ["all"]},
        "reported": texts("reported"),
        "conflict": texts("conflict"),
        "sources": ["law/1"],
        **more,
    }


@pytest.mark.parametrize(
    ("named", "watched_by", "reason"),
    [
        (["K1"], [], "doesn't name it in watched_by"),
        ([], ["decided-first"], "doesn't name it in conflicts_with"),
        (["K1"], ["decided-first", "other"], "no safeguard of the pack"),
        (["K1"], ["decided-first"], ""),
    ],
)
def test_a_conflict_and_the_safeguard_that_watches_it_name_each_other(
    named: list[str], watched_by: list[str], reason: str
) -> None:
    content = watched_files([mended(DECIDED_FIRST, conflicts_with=named)])
    content["conflicts.yaml"] = [conflict(watched_by=watched_by)]
    faults = told(content)
    assert any(reason in said for _, said in faults) if reason else not faults


def test_a_conflict_may_name_safeguards_that_a_pack_without_any_does_not_have() -> None:
    content = watched_files([])
    content["conflicts.yaml"] = [conflict(watched_by=["S06"])]
    assert not told(content)


def test_a_fact_belongs_to_one_kind_of_record() -> None:
    twice = deepcopy(KINDS)
    twice["parting"]["facts"]["place"] = record_fact("boolean")
    faults = told(watched_files([], kinds=twice))
    assert any(ident == "parting" and "belongs to “stay” already" in said for ident, said in faults)


@pytest.mark.parametrize("name", ["verdict", "due", "safeguard", "needs", "age"])
def test_no_fact_of_a_record_bears_the_name_of_a_column_or_a_word_of_conditions(name: str) -> None:
    kinds = deepcopy(KINDS)
    kinds["stay"]["facts"][name] = record_fact("boolean")
    assert any(ident == name for ident, _ in told(watched_files([], kinds=kinds)))


def test_a_kind_says_class_purpose_and_retention_once_for_its_facts() -> None:
    pack = watched(LOOKED_AT)
    assert pack.watch is not None
    fact = pack.watch.facts["stay_since"]
    assert (fact.kind, fact.cls, fact.purpose, fact.retention) == ("record", "C1", "test", "case")
    kinds = deepcopy(KINDS)
    del kinds["stay"]["class"]
    assert any("“class” is missing" in said for _, said in told(watched_files([], kinds=kinds)))


def test_a_fact_of_the_pack_is_read_as_its_own_file_declares_it() -> None:
    kinds = deepcopy(KINDS)
    kinds["person"]["facts"]["sex"] = record_fact("boolean", kind="person")
    pack = watched(LOOKED_AT, kinds=kinds)
    assert pack.watch is not None
    assert pack.watch.facts["sex"] == pack.facts["sex"]


def test_safeguards_and_records_are_inherited_and_replaced_by_id() -> None:
    content = watched_files([DECIDED_FIRST, LOOKED_AT])
    content["pack.yaml"]["id"] = "beneath"
    beneath = build_pack(content)
    head = {"id": "above", "title": texts("above"), "jurisdiction": "none", "status": "unreviewed"}
    first, again = LOOKED_AT["duty"]
    stricter = mended(LOOKED_AT, duty=[first | {"clock": 1}, again])
    above = build_pack(
        {"pack.yaml": head | {"extends": ["beneath"]}, "safeguards/own.yaml": stricter}, [beneath]
    )
    assert set(above.safeguards) == {"decided-first", "looked-at"}
    assert set(above.records) == set(KINDS)
    assert above.origin("safeguards", "decided-first") == "beneath"
    assert above.origin("safeguards", "looked-at") == "above"
    stay = {"birth": "2012", "place": "prison", "stay_since": "2018-02-10"}
    assert found(beneath, "looked-at", **stay).verdict is SafeguardVerdict.OPEN
    assert found(above, "looked-at", **stay).verdict is SafeguardVerdict.OVERDUE


def test_who_stands_on_a_pack_can_not_withdraw_its_safeguards() -> None:
    beneath = watched(DECIDED_FIRST)
    head = {"id": "above", "title": texts("above"), "jurisdiction": "none", "status": "unreviewed"}
    withdraws = head | {"extends": ["small"], "withdraws": {"safeguards": ["decided-first"]}}
    with pytest.raises(Exception, match="“safeguards” is not known here"):
        build_pack({"pack.yaml": withdraws}, [beneath])


def test_a_changed_clock_and_a_changed_order_of_recorded_facts_are_another_pack() -> None:
    same = build_pack(watched_files([LOOKED_AT])).hash
    assert build_pack(watched_files([LOOKED_AT])).hash == same
    turned = deepcopy(KINDS)
    turned["stay"]["facts"] = dict(reversed(turned["stay"]["facts"].items()))
    assert build_pack(watched_files([LOOKED_AT], kinds=turned)).hash != same
    sooner = {**PARAMETERS, "first_look": {"value": 7, "label": texts("first look")}}
    assert build_pack(watched_files([LOOKED_AT], parameters=sooner)).hash != same


def reasons_of(changed: dict[str, Any]) -> dict[str, str]:
    content = watched_files([DECIDED_FIRST | changed])
    with pytest.raises(PackFaults) as refused:
        build_pack(content)
    return {each.reason: each.mend for each in refused.value.faults}


def test_a_severity_misspelt_is_one_fault() -> None:
    (reason,) = reasons_of({"severity": "grave"})
    assert "severity: grave" in reason


def test_an_id_that_is_missing_is_told_so_and_not_called_ill_spelt() -> None:
    (reason,) = reasons_of({"id": ""})
    assert "“id” is missing" in reason


@pytest.mark.parametrize("act", ["notify_embassy", "notify_consulate", "consulate_told"])
def test_an_invented_act_that_tells_a_country_is_answered_with_its_gate(act: str) -> None:
    ((reason, mend),) = reasons_of({"remedy": [{"act": act}]}).items()
    assert "through its gate" in reason and "only_if: country_gate" in mend


def test_a_kind_of_record_where_none_is_declared_points_at_the_pack_that_declares_them() -> None:
    content = watched_files([DECIDED_FIRST])
    del content["records.yaml"]
    with pytest.raises(PackFaults) as refused:
        build_pack(content)
    assert any("extends: [international]" in each.mend for each in refused.value.faults)
