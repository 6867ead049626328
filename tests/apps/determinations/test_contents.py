"""What a determination must say: each thing it lacks is named with its field, and nothing is kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from determined import OPTIONS, PANEL, SAID, acting, assessed, complete, family, judged, reported, separation
from registered import TODAY

from amana.apps.determinations.contents import FAULTS, LONGEST, Option, PanelMember, View, Views
from amana.apps.determinations.models import Determination, JudicialDecision
from amana.casework import determine
from amana.casework.determine import FieldFault, Incomplete

__all__ = ["family"]
pytestmark = pytest.mark.django_db

NOBODY = View(False, "", "")
LONG = "x" * (LONGEST["reasons"] + 1)
CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"decides": ""}, "decides", "missing"),
    ({"decides": "custody"}, "decides", "unknown_code"),
    ({"decides": "separation", "place_kind": ""}, "place_kind", "missing"),
    ({"decides": "separation", "place_kind": "detention"}, "place_kind", "custody"),
    ({"decides": "care_placement", "place_kind": "juvenile"}, "place_kind", "custody"),
    ({"place_kind": "family"}, "place_kind", "not_for_this"),
    ({"panel": ()}, "panel", "missing"),
    ({"panel": PANEL[:1]}, "panel", "one_function"),
    ({"panel": (*PANEL, PanelMember("law", " omar  FARIS "))}, "panel", "twice"),
    ({"panel": (*PANEL, PanelMember("guard", "A"))}, "panel.3.function", "unknown_code"),
    ({"panel": (*PANEL, PanelMember("law", " "))}, "panel.3.name", "missing"),
    ({"panel": PANEL * 20}, "panel", "too_many"),
    ({"options": ()}, "options", "missing"),
    ({"options": OPTIONS[:1]}, "options", "one_option"),
    ({"options": OPTIONS * 20}, "options", "too_many"),
    ({"options": (*OPTIONS, OPTIONS[0])}, "options", "twice"),
    ({"options": (*OPTIONS[:2], Option("prison", "x"))}, "options.2.code", "unknown_code"),
    ({"options": (*OPTIONS[:2], Option("foster", ""))}, "options.2.weighed", "missing"),
    (separation(options=OPTIONS[1:]), "options", "mother_not_weighed"),
    ({"child_view": NOBODY}, "child_view", "missing"),
    ({"child_view": View(False, "", "unreachable")}, "child_view", "unknown_code"),
    ({"child_view": View(True, " ")}, "child_view", "missing"),
    ({"child_view": View(True, "x", "infant")}, "child_view", "not_for_this"),
    ({"mother_view": View(False, "", "infant")}, "mother_view", "unknown_code"),
    ({"mother_view": View(False, "\u202ex", "declined")}, "mother_view", "hidden_characters"),
    ({"father_view": NOBODY}, "father_view", "missing"),
    ({"evidence": ()}, "evidence", "missing"),
    ({"evidence": ("",)}, "evidence.0", "missing"),
    ({"evidence": ("x",) * 41}, "evidence", "too_many"),
    ({"grounds": ()}, "grounds", "missing"),
    ({"grounds": ("bad_blood",)}, "grounds", "unknown_code"),
    ({"reasons": "  "}, "reasons", "missing"),
    ({"reasons": LONG}, "reasons", "too_long"),
    ({"reasons": "ok"}, "reasons", "not_in_words"),
    ({"mother_view": View(False, "", "declined")}, "mother_view", "missing"),
    ({"father_view": View(False, "dead", "dead")}, "father_view", "not_in_words"),
    ({"reasons": "a\x00b"}, "reasons", "hidden_characters"),
    ({"citations": ()}, "citations", "missing"),
    ({"citations": ("crc/9", "no-such-law/1")}, "citations.1", "no_such_source"),
    ({"citations": ("crc/999",)}, "citations.0", "no_such_source"),
    ({"citations": ("crc/9",) * 41}, "citations", "too_many"),
    ({"decided_on": TODAY + timedelta(days=1)}, "decided_on", "future"),
    ({"decided_on": date(1890, 1, 1)}, "decided_on", "before_birth"),
    ({"review_on": TODAY}, "review_on", "too_early"),
    ({"review_on": TODAY + timedelta(days=91)}, "review_on", "too_late"),
    ({"review_on": date.max}, "review_on", "too_late"),
    ({"appeal_until": TODAY + timedelta(days=366)}, "appeal_until", "too_late"),
    ({"exception_until": date(2999, 1, 1)}, "exception_until", "too_late"),
    (separation(appeal_until=None), "appeal_until", "missing"),
    ({"appeal_until": TODAY}, "appeal_until", "too_early"),
    ({"appeal_route": ""}, "appeal_route", "missing"),
    ({"exception_until": TODAY}, "exception_until", "too_early"),
    ({"consulate": "told"}, "consulate", "unknown_code"),
    ({"supersedes": "D-222222"}, "supersedes", "no_such_record"),
]


@pytest.mark.parametrize(("what", "field", "code"), CASES, ids=[f"{case[1]}-{case[2]}" for case in CASES])
def test_what_is_lacking_is_named_and_nothing_is_kept(family, caseworker, what, field, code) -> None:
    with pytest.raises(Incomplete) as refused:
        determine.ask_determination(family["Farid"], **complete(**what), **acting(caseworker))
    assert FieldFault(field, code) in refused.value.faults
    assert code in FAULTS
    assert not Determination.objects.exists()


@pytest.mark.parametrize("field", sorted(set(complete()) - {"care_identified", "consulate"}))
def test_each_part_is_asked_for_by_name_where_it_is_left_out(family, caseworker, field: str) -> None:
    said = complete()
    del said[field]
    if field == "appeal_until":  # who stays with the mother may leave it open
        determine.ask_determination(family["Farid"], **said, **acting(caseworker))
        return
    with pytest.raises(Incomplete) as refused:
        determine.ask_determination(family["Farid"], **said, **acting(caseworker))
    assert refused.value.faults == (FieldFault(field, "missing"),)


def test_all_faults_are_told_at_once(family, caseworker) -> None:
    with pytest.raises(Incomplete) as refused:
        determine.ask_determination(family["Farid"], **acting(caseworker))
    assert {fault.field for fault in refused.value.faults} >= {"decides", "panel", "options", "reasons"}
    assert "reasons: it is missing" in str(refused.value)


@pytest.mark.parametrize(
    ("what", "field", "code"),
    [
        ({"kind": "yearly"}, "kind", "unknown_code"),
        ({"done_on": TODAY + timedelta(days=1)}, "done_on", "future"),
        ({"options": ()}, "options", "missing"),
        ({"views": Views(NOBODY, SAID, SAID)}, "child_view", "missing"),
        ({"findings": ""}, "findings", "missing"),
        ({"findings": "Healthy"}, "findings", "not_in_words"),
        ({"recommendation": "Stay"}, "recommendation", "not_in_words"),
        ({"done_on": date(1890, 1, 1)}, "done_on", "before_birth"),
        ({"review_on": TODAY + timedelta(days=91)}, "review_on", "too_late"),
        ({"recommendation": ""}, "recommendation", "missing"),
        ({"review_on": TODAY}, "review_on", "too_early"),
        ({"citations": ("no-such-law/1",)}, "citations.0", "no_such_source"),
        ({"supersedes": "D-222222"}, "supersedes", "no_such_record"),
    ],
)
def test_an_assessment_that_lacks_something_is_not_kept(family, caseworker, what, field, code) -> None:
    with pytest.raises(Incomplete) as refused:
        assessed(family["Farid"], caseworker, **what)
    assert FieldFault(field, code) in refused.value.faults
    assert not Determination.objects.exists()


@pytest.mark.parametrize(
    ("what", "field", "code"),
    [
        ({"body": " "}, "body", "missing"),
        ({"source": ""}, "source", "missing"),
        ({"decides": "custody"}, "decides", "unknown_code"),
        ({"effect": "bad"}, "effect", "unknown_code"),
        ({"label_used": "enemy"}, "label_used", "unknown_code"),
        ({"grounds": ("x",)}, "grounds", "unknown_code"),
        ({"child_view": NOBODY}, "child_view", "missing"),
        ({"decided_on": TODAY + timedelta(days=1)}, "decided_on", "future"),
    ],
)
def test_of_what_others_decided_only_body_and_source_are_asked_for(
    family, caseworker, what, field, code
) -> None:
    with pytest.raises(Incomplete) as refused:
        reported(family["Farid"], caseworker, **what)
    assert FieldFault(field, code) in refused.value.faults
    assert not Determination.objects.exists()


@pytest.mark.parametrize(
    ("what", "field", "code"),
    [
        ({"kind": "gossip"}, "kind", "unknown_code"),
        ({"court": ""}, "court", "missing"),
        ({"source": " "}, "source", "missing"),
        ({"decided_on": TODAY + timedelta(days=1)}, "decided_on", "future"),
        ({"corrects": "J-222222"}, "corrects", "no_such_record"),
    ],
)
def test_a_court_decision_has_a_court_a_day_and_a_source(family, caseworker, what, field, code) -> None:
    with pytest.raises(Incomplete) as refused:
        judged(family["Farid"], caseworker, **{"kind": "charge", **what})
    assert FieldFault(field, code) in refused.value.faults
    assert not JudicialDecision.objects.exists()
