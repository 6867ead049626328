"""A safeguard written anew over an inherited one may be made stricter, and looser in no point."""

from __future__ import annotations

from typing import Any

import pytest
from small_pack import texts
from watched_pack import DECIDED_FIRST, LOOKED_AT, watched_files

from amana.core.errors import PackFaults
from amana.core.policy import Pack, build_pack

K1 = {
    "id": "K1",
    "against": {"rules": ["all"]},
    "reported": texts("reported"),
    "conflict": texts("conflict"),
    "sources": ["law/1"],
    "watched_by": ["decided-first"],
}
STRICT = DECIDED_FIRST | {
    "alerts": ["caseworker", "monitor"],
    "blocks": True,
    "waivable": False,
    "age_in_doubt": "youngest",
    "conflicts_with": ["K1"],
}
HEAD = {"id": "above", "title": texts("above"), "jurisdiction": "none", "status": "unreviewed"}
PRACTICE = {"title": texts("practice"), "kind": "reported-practice", "standing": "reported"}


def beneath() -> Pack:
    content = watched_files([STRICT, LOOKED_AT]) | {"conflicts.yaml": [K1]}
    content["sources.yaml"]["instruments"]["law"]["weight"] = "treaty-binding-here"
    return build_pack(content)


def above(written: dict[str, Any], **more: Any) -> Pack:
    files = {
        "pack.yaml": HEAD | {"extends": ["small"]},
        "sources.yaml": {"instruments": {"practice": PRACTICE}},
        "safeguards/anew.yaml": [written],
    }
    return build_pack(files | more, [beneath()])


def reasons(written: dict[str, Any], **more: Any) -> list[str]:
    with pytest.raises(PackFaults) as refused:
        above(written, **more)
    assert {each.file for each in refused.value.faults} == {"safeguards/anew.yaml"}
    return [each.reason for each in refused.value.faults]


LOOSER = [
    ({"blocks": False}, "no longer blocks"),
    ({"waivable": True}, "may be waived"),
    ({"alerts": ["caseworker"]}, "alerts no longer names monitor"),
    ({"conflicts_with": []}, "conflicts_with no longer names K1"),
    ({"basis": ["practice"]}, "lighter texts"),
    ({"severity": "warn"}, "severity was breach"),
    ({"in_force": {"until": "1990-01-01"}}, "in force at other times"),
    ({"age_in_doubt": "open"}, "doubt about age"),
    ({"judged_on": "parted_on"}, "judged_on was not said"),
    ({"watches": "stay", "breach": "place = 'prison'"}, "watches was parting"),
    ({"applies": "age < 1 AND age < :grown"}, "may apply to fewer"),
    ({"applies": "age < 12"}, "may apply to fewer"),
    ({"breach": "decided_on IS NOT KNOWN"}, "may find less"),
    ({"breach": "judge_open AND (decided_on IS NOT KNOWN OR decided_on > parted_on)"}, "may find less"),
]


@pytest.mark.parametrize(("changed", "reason"), LOOSER)
def test_one_point_made_looser_is_a_fault_that_names_it(changed: dict[str, Any], reason: str) -> None:
    told = reasons(STRICT | changed)
    assert any(reason in each and "of “small”" in each for each in told)


def test_a_tame_one_under_a_known_id_is_refused_in_every_point() -> None:
    tame = DECIDED_FIRST | {"title": texts("Quiet"), "applies": "age < 1", "breach": "judge_open"}
    assert len(reasons(tame | {"basis": ["practice"]})) == 8


def test_one_that_no_longer_watches_is_refused() -> None:
    waits = {key: STRICT[key] for key in ("id", "title", "asks", "clears", "severity", "basis")}
    told = reasons(waits | {"needs_records": ["custody"]})
    assert any("watches was parting" in each for each in told)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"title": texts("said otherwise"), "asks": texts("asked otherwise")},
        {"alerts": ["caseworker", "monitor", "supervisor"]},
        {"applies": "ill OR age < :grown"},
        {"breach": "decided_on > parted_on OR judge_open OR decided_on IS NOT KNOWN"},
        {"breach": "(decided_on IS NOT KNOWN OR decided_on > parted_on) OR (judge_open AND ill)"},
    ],
)
def test_one_that_keeps_all_and_adds_to_it_stands(changed: dict[str, Any]) -> None:
    pack = above(STRICT | changed)
    assert pack.origin("safeguards", "decided-first") == "above"


CLOCKS = LOOKED_AT["duty"]


@pytest.mark.parametrize(
    "duty",
    [
        CLOCKS[:1],
        [CLOCKS[0] | {"clock": 15}, CLOCKS[1]],
        [CLOCKS[0] | {"start": "admitted"}, CLOCKS[1]],
        [CLOCKS[0] | {"done": "with_mother"}, CLOCKS[1]],
        [CLOCKS[0] | {"when": "last_look IS NOT KNOWN AND with_mother"}, CLOCKS[1]],
        [{"start": "stay_since", "clock": 7}],
    ],
)
def test_a_clock_that_starts_or_runs_otherwise_is_refused(duty: list[dict[str, Any]]) -> None:
    assert any("clock" in each for each in reasons(LOOKED_AT | {"duty": duty}))


@pytest.mark.parametrize("clock", [":first_look", 7, 14])
def test_a_clock_may_be_made_shorter(clock: object) -> None:
    pack = above(LOOKED_AT | {"duty": [CLOCKS[0] | {"clock": clock}, CLOCKS[1]]})
    assert pack.safeguards["looked-at"].duties[0].days[0][1] == (clock if clock == 7 else 14)


def test_a_warning_may_become_a_breach_and_a_waiting_one_may_come_alive() -> None:
    waiting = {key: STRICT[key] for key in ("id", "title", "asks", "clears", "severity", "basis")}
    content = watched_files([waiting | {"id": "later", "needs_records": ["custody"]}])
    content["safeguards/all.yaml"].append(DECIDED_FIRST | {"severity": "warn"})
    files = {
        "pack.yaml": HEAD | {"extends": ["small"]},
        "safeguards/anew.yaml": [DECIDED_FIRST, DECIDED_FIRST | {"id": "later"}],
    }
    pack = build_pack(files, [build_pack(content)])
    assert pack.watch is not None
    assert set(pack.watch.decisions) == {"decided-first", "later"}


def test_a_clock_written_anew_over_one_that_inherited_safeguards_read_is_remarked_on() -> None:
    under = build_pack(watched_files([LOOKED_AT]))
    longer = {"first_look": {"value": 3000, "label": texts("first look")}}
    files = {"pack.yaml": HEAD | {"extends": ["small"]}, "parameters.yaml": longer}
    (remark,) = build_pack(files, [under]).remarks
    assert (remark.file, remark.id, remark.kind) == ("parameters.yaml", "first_look", "anew")
    assert "looked-at" in remark.reason and "it was 14: now 3000" in remark.reason
    longer["first_look"]["value"] = 14
    assert not build_pack(files, [under]).remarks
