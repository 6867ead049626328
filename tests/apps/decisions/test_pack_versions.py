"""Texts of packs kept in the database: built again they are the same pack, and another process sees them."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import timedelta

import pytest
from law_changes import until_three
from registered import AT
from small_lists import one_family

from amana.apps.accounts import commands as accounts
from amana.apps.accounts import viewers
from amana.apps.audit.recording import recording
from amana.apps.decisions import office_pack as reading
from amana.apps.decisions import pack_text, versions
from amana.apps.decisions.models import PackVersion
from amana.apps.decisions.packs import find_pack, shipped_packs
from amana.casework import proposals

LATER = AT + timedelta(hours=1)


@pytest.mark.parametrize("name", shipped_packs())
def test_a_written_text_is_built_again_into_the_same_pack(name: str) -> None:
    text = pack_text.text_on_disk(name)
    written = text.written()
    again = pack_text.read_text(written, pack_text.digest_of(written), text.pack.hash)
    assert again.pack == text.pack == find_pack(name)
    assert list(again.pack.facts) == list(text.pack.facts)
    assert again.written() == written


def test_the_order_of_facts_is_kept_and_counts() -> None:
    text = pack_text.text_on_disk("iraq_2018")
    turned = deepcopy(text.plain())
    turned["files"]["facts.yaml"] = dict(reversed(turned["files"]["facts.yaml"].items()))
    written = json.dumps(turned, ensure_ascii=False, separators=(",", ":"))
    assert pack_text.digest_of(written) != pack_text.digest_of(text.written())
    with pytest.raises(pack_text.SpoiltPack):
        pack_text.read_text(written, pack_text.digest_of(text.written()), text.pack.hash)


@pytest.mark.django_db
def test_the_shipped_text_is_kept_with_the_first_decision_under_it(committed) -> None:
    assert not PackVersion.objects.exists()
    committed(one_family())
    (kept,) = PackVersion.objects.all()
    assert (kept.hash, kept.shipped, kept.current) == (find_pack("iraq_2018").hash, kept.hash, False)
    committed(one_family(), sender="Another office")
    assert PackVersion.objects.count() == 1


@pytest.fixture
def adopted(office, rules_editor, policy_approver) -> str:
    """The hash of the office's pack before."""
    before = reading.office_pack().hash
    told = {"title": "Until three", "reason": "Said so.", "by": rules_editor, "at": AT}
    ref = proposals.propose(until_three(), **told)
    proposals.adopt(ref, reason="Agreed.", by=policy_approver, at=LATER)
    return before


@pytest.mark.django_db
def test_a_version_that_another_process_adopted_is_the_offices_at_once(adopted) -> None:
    assert reading.office_pack().hash != adopted
    text = reading.text_of(adopted)
    assert text is not None
    assert text.pack.hash == adopted
    with recording(viewers.installer(), LATER):
        PackVersion.objects.filter(current=True).update(current=False)
    assert reading.office_pack().hash == adopted


@pytest.mark.django_db
def test_the_office_pack_costs_one_short_query(adopted, django_assert_num_queries) -> None:
    reading.office_pack()
    with django_assert_num_queries(1):
        reading.office_pack()


@pytest.mark.django_db
def test_an_office_that_takes_another_pack_leaves_its_version_behind(adopted) -> None:
    accounts.open_office(
        name_en="Office", name_ar="مكتب", demonstration=True, stands_on=None, pack="iraq_moj_statement",
        by=viewers.installer(), at=LATER,
    )  # fmt: skip
    assert reading.office_pack().id == "iraq_moj_statement"


@pytest.mark.django_db
def test_files_that_changed_after_the_adoption_are_told(adopted) -> None:
    assert reading.departed_from() is None
    with recording(viewers.installer(), LATER):
        PackVersion.objects.update(shipped="0" * 64)
    assert reading.departed_from() == "0" * 64


@pytest.mark.django_db
def test_a_pack_that_extends_others_is_edited_and_kept_with_them(
    office, rules_editor, policy_approver
) -> None:
    from datetime import date

    from amana.core.policy.editing.edits import Edit

    accounts.open_office(
        name_en="Office", name_ar="مكتب", demonstration=True, stands_on=date(2018, 2, 15),
        pack="iraq_moj_statement", by=viewers.installer(), at=AT,
    )  # fmt: skip
    ended = Edit("rule_ended", "adolescent", date(2018, 3, 1), {"gaps": [GAP]})
    ref = proposals.propose(ended, title="No detention", reason="It has no ground.", by=rules_editor, at=AT)
    assert proposals.impact(rules_editor, ref, date(2018, 3, 1), at=AT).findings == ()
    proposals.adopt(ref, reason="Agreed.", by=policy_approver, at=LATER)
    reading._stored.cache_clear()
    pack = reading.office_pack()
    assert pack.rules["adolescent"].in_force.end is not None
    assert pack.extends == ("iraq_2018",)


GAP = {
    "id": "boys-of-15-to-17",
    "decision": "placement",
    "in_force": {"from": "2018-03-01"},
    "when": "age BETWEEN :adolescent_min AND :adolescent_max AND sex = 'male'",
    "title": {"en": "Boys of 15 to 17", "ar": "فتيان من 15 إلى 17"},
}


@pytest.mark.django_db
def test_a_pack_that_is_kept_already_is_not_kept_twice(adopted, operator) -> None:
    count = PackVersion.objects.count()
    with recording(operator, LATER) as log:
        versions.keep_office_pack(reading.office_pack(), log)
    assert PackVersion.objects.count() == count
