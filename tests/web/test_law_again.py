"""An open proposal put forward again by its author, and the figures that a decision was taken on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from small_change import FROM, TITLE, WHY, shift, told

from amana.apps.decisions.models import FactsRow, Proposal
from amana.casework import proposals
from amana.core.policy.editing.edits import Edit
from small_office import AT, TODAY, settle

PAIR = "/law/changes/new/?what=parameter%3Astate_home_min"


def propose(cast: SimpleNamespace, *edits: Edit) -> str:
    return proposals.propose(list(edits or shift()), title=TITLE, reason=WHY, by=cast.rules_editor, at=AT)


def test_an_open_proposal_is_corrected_from_its_own_page_and_the_earlier_one_is_withdrawn(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    ref, editor = propose(cast), signed_in("rules_editor")
    assert f'action="/law/changes/{ref}/again/"' in editor.get(f"/law/changes/{ref}/").content.decode()
    answer = editor.post(f"/law/changes/{ref}/again/", {"place": "1"})
    assert answer.headers["Location"] == PAIR
    page = editor.get(PAIR).content.decode()
    assert 'name="value" value="3"' in page and TITLE in page and WHY in page and ref in page
    assert "2 instead of 3, from 1 February 2018" in page
    stored = editor.post(PAIR, told("state_home_min", value="5", title="Corrected", store="yes"))
    new = Proposal.objects.exclude(ref=ref).get()
    assert stored.headers["Location"] == f"/law/changes/{new.ref}/"
    assert (new.replaces, [each["content"]["value"] for each in new.edits]) == (ref, [2, 5])
    assert Proposal.objects.get(ref=ref).state == "withdrawn"
    assert f"/law/changes/{new.ref}/" in editor.get(f"/law/changes/{ref}/").content.decode()
    assert f"/law/changes/{ref}/" in editor.get(f"/law/changes/{new.ref}/").content.decode()
    editor.post(PAIR, told("state_home_min", value="6", title="Another", store="yes"))
    assert Proposal.objects.get(title="Another").replaces == ""


def test_a_gap_and_a_new_text_come_back_into_the_form(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    content = dict(shift()[0].content)
    text = {
        "id": "circular", "title": {"en": "Circular 7", "ar": "التعميم"}, "kind": "law",
        "weight": "national-law", "standing": "reported", "where_read": "Told.",
    }  # fmt: skip
    gap = {"id": "g", "decision": "placement", "when": "age = 3", "title": {"en": "Of three", "ar": "ثلاثة"}}
    edit = Edit("parameter", "stay_with_mother_max", FROM, {
        **content, "source": "circular", "instrument": text, "gaps": [gap],
        "texts": {"rule:infant-with-mother": {"en": "Stays there.", "ar": "يبقى"}},
    })  # fmt: skip
    ref, editor = propose(cast, edit), signed_in("rules_editor")
    address = editor.post(f"/law/changes/{ref}/again/", {"place": "0"}).headers["Location"]
    page = editor.get(address).content.decode()
    assert all(each in page for each in ("Circular 7", "Of three", "age = 3", "Stays there."))
    assert '<option value="new" selected>' in page


@pytest.mark.parametrize("place", ["2", "-1", "x", ""])
def test_a_change_that_is_not_there_leads_back_to_the_proposal(
    place: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    ref = propose(cast)
    answer = signed_in("rules_editor").post(f"/law/changes/{ref}/again/", {"place": place})
    assert answer.headers["Location"] == f"/law/changes/{ref}/"


def test_nobody_but_the_author_puts_it_forward_again_and_nothing_once_it_is_closed(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    ref, address = propose(cast), "/law/changes/{}/again/"
    assert signed_in("policy_approver").post(address.format(ref)).status_code == 404
    proposals.withdraw(ref, reason="x", by=cast.rules_editor, at=AT)
    editor = signed_in("rules_editor")
    assert editor.post(address.format(ref)).headers["Location"] == f"/law/changes/{ref}/"
    with pytest.raises(proposals.ProposalRefused):
        proposals.propose(list(shift()), title="x", reason="y", by=cast.rules_editor, at=AT, replaces=ref)
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("decision", ["refuse", "adopt"])
def test_the_figures_seen_at_the_decision_stay_when_the_register_moves_on(
    decision: str, cast: SimpleNamespace, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    settle(cast.registrar, tmp_path, people=60)
    ref, approver = propose(cast), signed_in("policy_approver")
    seen = proposals.impact(cast.policy_approver, ref, TODAY, at=AT)
    told_to = {"decision": decision, "reason": "Read.", "seen": seen.base_hash}
    approver.post(f"/law/changes/{ref}/decide/", told_to)
    row = Proposal.objects.get(ref=ref)
    assert row.figures["matrix"] == [
        [each.before, each.after, each.count, [list(age) for age in each.ages]] for each in seen.matrix
    ]
    assert "P-" not in str(row.figures) and row.figures["people"] == 60
    rows = FactsRow.objects.all()
    rows._raw_delete(rows.db)
    page = approver.get(f"/law/changes/{ref}/").content.decode()
    assert "What was seen when it was decided" in page
    assert "would go from “stays with the mother” to “state home”" in page


def test_figures_are_kept_in_fives_even_for_someone_who_sees_people(
    cast: SimpleNamespace, tmp_path: Path
) -> None:
    from amana.casework.impact import figures

    settle(cast.registrar, tmp_path, people=60)
    kept = figures(proposals.impact(cast.supervisor, propose(cast), TODAY, at=AT))
    assert all(count % 5 == 0 for _before, _after, count, _ages in kept["matrix"])
    assert all(count % 5 == 0 for _guard, *counts in kept["guards"] for count in counts if count is not None)
    assert set(kept) == {"on", "people", "matrix", "needs_changed", "beds", "conflicts", "gaps", "guards"}
