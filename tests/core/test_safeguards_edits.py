"""A clock that the law desk changes by a date reaches the safeguards; what reads it is told; a difference of
packs tells changed safeguards.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from small_pack import texts
from watched_pack import DECIDED_FIRST, LOOKED_AT, PARAMETERS, found, safeguard, watched, watched_files

from amana.core.dates import DateSpan
from amana.core.policy import Pack, build_pack
from amana.core.policy.diff import CASES, pack_diff
from amana.core.policy.editing.checks import measures_age
from amana.core.policy.editing.edits import Edit, apply_edit
from amana.core.policy.editing.reach import code_fact, idle

FROM = date(2018, 3, 1)
STAY = {"birth": "2012", "place": "prison", "stay_since": "2018-02-20"}


def beneath() -> Pack:
    """A pack that others stand on."""
    content = watched_files([LOOKED_AT, DECIDED_FIRST])
    content["parameters.yaml"] = {name: each | {"source": "law/1"} for name, each in PARAMETERS.items()}
    return build_pack(content)


def shortened(value: int = 7) -> Edit:
    """The first look is owed sooner."""
    return Edit(
        "parameter",
        "first_look",
        FROM,
        {"value": value, "source": "law/1", "reading": texts("sooner")},
    )


HEAD = {"id": "above", "title": texts("above"), "jurisdiction": "none", "status": "unreviewed"}


def edited(edit: Edit) -> tuple[Pack, Pack]:
    """A pack that stands on another, before and after an edit of what it inherits."""
    files: dict[str, Any] = {"pack.yaml": HEAD | {"extends": ["small"]}}
    under = [beneath()]
    return build_pack(files, under), build_pack(apply_edit(files, edit, under), under)


def test_a_clock_changed_at_the_desk_counts_from_its_day_on() -> None:
    before, after = edited(shortened())
    eve = FROM - timedelta(days=1)
    for pack in (before, after):
        assert found(pack, "looked-at", on=eve, **STAY).due == DateSpan.day(date(2018, 3, 6))
        assert found(pack, "looked-at", on=eve, **STAY).verdict == "duty_open"
    assert found(before, "looked-at", on=FROM, **STAY).verdict == "duty_open"
    late = found(after, "looked-at", on=FROM, **STAY)
    assert (late.verdict, late.due) == ("overdue", DateSpan.day(date(2018, 2, 27)))


def test_an_edited_pack_is_another_one_whose_safeguards_are_the_inherited_ones() -> None:
    before, after = edited(shortened())
    assert before.hash != after.hash
    assert set(after.safeguards) == {"looked-at", "decided-first"}
    assert after.origin("safeguards", "looked-at") == "small"


def test_a_clock_that_is_no_number_of_days_is_refused() -> None:
    with pytest.raises(Exception, match="no number of days"):
        edited(shortened(-1))


def test_a_threshold_that_only_safeguards_read_is_not_idle() -> None:
    before, after = edited(shortened())
    assert idle(before, after, shortened()) is None


def test_what_safeguards_compare_with_a_threshold_is_known_at_the_desk() -> None:
    codes = {"value": ["prison"], "label": texts("custody")}
    pack = watched(
        safeguard("never", "stay", "breach", applies="age < :grown", breach="place IN (:custody)"),
        parameters={**PARAMETERS, "custody": codes},
    )
    fact = code_fact(pack, "custody")
    assert fact is not None and fact.name == "place"
    assert measures_age(pack, "grown")
    assert not measures_age(pack, "custody")


def test_a_text_that_names_a_clock_which_changes_is_remarked_on() -> None:
    numbered = LOOKED_AT | {"asks": texts("Looked at within 14 days.")}
    parameters = deepcopy(PARAMETERS)
    assert not watched(numbered, parameters=parameters).remarks
    parameters["first_look"]["changes"] = [{"from": "2018-03-01", "value": 7}]
    (remark,) = watched(numbered, parameters=parameters).remarks
    assert (remark.id, remark.kind) == ("looked-at", "stale")
    assert "asks names 14" in remark.reason


def test_a_difference_tells_safeguards_kinds_and_what_reads_a_clock() -> None:
    before = build_pack(watched_files([LOOKED_AT]))
    content = watched_files([LOOKED_AT | {"severity": "duty", "waivable": False}, DECIDED_FIRST])
    content["parameters.yaml"] = deepcopy(PARAMETERS)
    content["parameters.yaml"]["first_look"]["value"] = 7
    content["records.yaml"] = deepcopy(content["records.yaml"])
    content["records.yaml"]["stay"]["facts"]["place"]["values"]["camp"] = texts("camp")
    content["safeguards/all.csv"] = [
        {"ref": "c1", "on": "2018-01-01", "safeguard": "looked-at", "verdict": "undetermined", "needs": "age"}
    ]
    found_ = pack_diff(before, build_pack(content))
    changed, added = found_.of("safeguards")
    assert (changed.id, changed.change, [field.key for field in changed.fields]) == (
        "looked-at",
        "changed",
        ["waivable"],
    )
    assert (added.id, added.change) == ("decided-first", "added")
    (kind,) = found_.of("records")
    assert [field.key for field in kind.fields] == ["facts/place"]
    (clock,) = found_.of("parameters")
    assert clock.read_by == ("looked-at",)
    assert [(case.id, case.change) for case in found_.of(CASES)] == [("safeguards/c1", "added")]
