"""Proposing a change of law: weighed in counts, adopted by a second person, everybody decided anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from law_changes import FROM, until_three
from registered import AT, TODAY
from small_lists import a_list, day, row

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry, ReadEntry, ReadPayload
from amana.apps.audit.queries import sightings
from amana.apps.audit.recording import recording
from amana.apps.decisions.models import Decision, PackVersion, Proposal
from amana.apps.decisions.office_pack import office_pack
from amana.apps.decisions.packs import find_pack
from amana.apps.registry.models import Person
from amana.casework import proposals
from amana.casework.proposals import EditRefused, Outdated, OwnProposal, Page, ProposalRefused, Unfinished
from amana.core.policy.editing.edits import Edit
from amana.worker import law

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


@pytest.fixture
def people(committed: Callable[..., Any]) -> dict[str, str]:
    """First name -> reference: a mother with children of 3, 3, 9 and a boy of 16."""
    committed(
        a_list(
            row(2, "Zarina R", "wife_mother", birth=day("1987-05-02")),
            row(3, "Anora R", "daughter", birth=day("2014-06-01")),
            row(4, "Karim R", "son", birth=day("2014-09-01")),
            row(5, "Farid R", "son", birth=day("2008-11-20")),
            row(6, "Rustam R", "son", birth=day("2001-03-10")),
        )
    )
    return {name.split()[0]: ref for name, ref in Person.objects.values_list("name_latin", "ref")}


@pytest.fixture
def proposed(rules_editor: Any, people: dict[str, str]) -> str:
    return propose(rules_editor)


def propose(by: Any, edit: Edit | None = None) -> str:
    told = {"title": "Until three", "reason": "The ministry said so.", "by": by, "at": AT}
    return proposals.propose(edit or until_three(), **told)


def outcomes(ref: str) -> list[str]:
    return list(Decision.objects.filter(person=ref).order_by("pk").values_list("outcome", flat=True))


def adopted(ref: str, by: Any, **more: Any) -> dict[str, Any]:
    """Adopts, and runs the job that it asks for."""
    job = proposals.adopt(ref, reason="Read and agreed.", by=by, at=LATER, **more)
    from amana.apps.jobs.models import Job

    asked = Job.objects.get(pk=job)
    return dict(law.decide(asked.arguments, by=by, at=LATER, progress=lambda *told: None))


def test_the_impact_counts_who_moves_where_and_what_comes_and_goes(proposed, supervisor) -> None:
    found = proposals.impact(supervisor, proposed, TODAY, at=AT)
    moved = {(each.before, each.after): each.count for each in found.matrix if each.before != each.after}
    assert moved == {("with_mother", "no_lawful_placement"): 2}
    assert (found.people, found.moved, len(found.movers), found.movers_after) == (5, 2, 2, None)
    assert [(each.place, each.before, each.after) for each in found.beds] == [
        ("state_home", 1, 1),
        ("with_mother", 2, 0),
    ]
    assert "K2" in {each.conflict.id for each in found.conflicts_lost}
    assert [(each.gap.id, each.before, each.after) for each in found.gaps_opened if each.gap] == [
        ("children-of-three", 0, 2)
    ]
    assert (found.findings, found.exact, found.outdated, found.coarse) == ((), True, False, False)


def test_whoever_sees_no_person_is_told_nothing_that_hangs_on_fewer_than_five(
    proposed, rules_editor, policy_approver
) -> None:
    for viewer in (rules_editor, policy_approver):
        found = proposals.impact(viewer, proposed, TODAY, at=AT)
        assert (found.coarse, found.people, found.moved, found.unlisted) == (True, 5, 0, 0)
        assert (found.matrix, found.movers, found.movers_after) == ((), (), None)
        assert (found.places, found.beds, found.needs_changed, found.grounds_changed) == ((), (), 0, 0)
        assert all((each.before, each.after) == (0, 0) for each in found.conflicts_lost)
        assert all((each.before, each.possibly_after) == (0, 0) for each in found.gaps_opened)
        assert viewer.trail == []


def test_a_rule_made_to_fit_one_child_tells_its_author_nothing_and_stands_in_the_trail(
    people, rules_editor, monitor
) -> None:
    told = {"decision": "placement", "modality": "must", "outcome": "not_a_child"}
    rule = {**told, "source": "iq-protocol-2018/infants", "reason": {"en": "a", "ar": "ب"}}
    seen = []
    for born in ("2014-06-01", "2014-06-02"):  # a child was born on the first, nobody on the second
        fits = Edit("rule_added", "one", FROM, {**rule, "id": "one", "when": f"birth = '{born}'"})
        found = proposals.preview(rules_editor, fits, TODAY, at=AT)
        seen.append(replace(found, after=found.before, findings=(), cases_changed=()))
    assert seen[0] == seen[1]
    asked = sightings("office", monitor)
    assert [(each.actor, each.kind) for each in asked] == [(rules_editor.audit_id, "change.weighed")] * 2
    assert "2014-06-01" in ReadPayload.objects.order_by("pk")[0].body


def test_every_look_at_a_proposal_and_its_day_is_in_the_trail(proposed, policy_approver, monitor) -> None:
    for days in (0, 1, 2):
        proposals.impact(policy_approver, proposed, TODAY + timedelta(days=days), at=AT)
    assert [each.kind for each in sightings(proposed, monitor)] == ["change.weighed"] * 3
    assert [json.loads(each.body)["on"] for each in ReadPayload.objects.order_by("pk")] == [
        "2018-02-15", "2018-02-16", "2018-02-17",
    ]  # fmt: skip


def test_a_viewer_of_people_sees_who_moves_and_is_noted(proposed, supervisor, people) -> None:
    found = proposals.impact(supervisor, proposed, TODAY, page=Page(limit=1), at=AT)
    assert len(found.movers) == 1
    rest = proposals.impact(supervisor, proposed, TODAY, page=Page(after=found.movers_after or ""), at=AT)
    assert {each.ref for each in (*found.movers, *rest.movers)} == {people["Anora"], people["Karim"]}
    assert set(supervisor.trail) == {people["Anora"], people["Karim"]}
    assert [(each.place.name_en, each.count) for each in found.places if each.place] == [("Site A", 2)]
    assert next(each.ages for each in found.matrix if each.before != each.after) == ((3, 2),)


def test_a_change_before_its_day_moves_nobody(rules_editor, supervisor, people) -> None:
    ref = propose(rules_editor, until_three(from_=TODAY + timedelta(days=14)))
    assert proposals.impact(supervisor, ref, TODAY, at=AT).moved == 0
    assert proposals.impact(supervisor, ref, TODAY + timedelta(days=14), at=AT).moved == 2


def test_nobody_is_listed_by_an_outcome_that_may_never_be_acted_on(rules_editor, supervisor, people) -> None:
    told = {"value": 16, "source": "iq-protocol-2018/adolescents", "reading": {"en": "a", "ar": "ب"}}
    edit = Edit("parameter", "adolescent_max", FROM, {**told, "value": 15})
    ref = propose(rules_editor, edit)
    found = proposals.impact(supervisor, ref, TODAY, at=AT)
    assert [(each.before, each.after) for each in found.matrix if each.before != each.after] == [
        ("protection_review", "no_lawful_placement")
    ]
    assert (found.moved, found.movers, found.unlisted) == (1, (), 1)
    assert people["Rustam"] not in supervisor.trail
    assert all(each.place in ("state_home", "with_mother") for each in found.beds)
    assert "reported_detention_possible" not in repr([found.matrix, found.places, found.beds])


def test_a_second_person_adopts_and_everybody_is_decided_anew(proposed, policy_approver, people) -> None:
    shipped = find_pack("iraq_2018")
    assert adopted(proposed, policy_approver) == {"decided": 5}
    assert office_pack().hash == Proposal.objects.get().result_id != shipped.hash
    assert outcomes(people["Anora"]) == ["with_mother", "no_lawful_placement"]
    old, new = Decision.objects.filter(person=people["Anora"]).order_by("pk")
    assert (old.pack_hash, old.superseded_at, new.supersedes_id) == (shipped.hash, LATER, old.pk)
    assert set(PackVersion.objects.values_list("hash", "current")) == {
        (shipped.hash, False),
        (office_pack().hash, True),
    }
    kinds = set(AuditEntry.objects.values_list("kind", flat=True))
    assert {"proposal.made", "proposal.adopted", "pack.kept", "pack.adopted", "decision.stored"} <= kinds


def test_deciding_anew_twice_changes_nothing(proposed, policy_approver, people) -> None:
    adopted(proposed, policy_approver)
    before = Decision.objects.count()
    again = law.decide(
        {"hash": office_pack().hash}, by=policy_approver, at=LATER, progress=lambda *told: None
    )
    assert (again, Decision.objects.count()) == ({"decided": 0}, before)


def test_a_list_can_still_be_taken_back_after_the_law_changed(
    proposed, policy_approver, registrar, people
) -> None:
    from amana.apps.registry.models import Batch
    from amana.casework import intake

    adopted(proposed, policy_approver)
    assert intake.undo(Batch.objects.get().ref, by=registrar, at=LATER).undone
    assert not Decision.objects.exists()


def test_the_author_can_only_withdraw(proposed, rules_editor, policy_approver) -> None:
    from amana.apps.accounts import commands, queries, viewers

    account = rules_editor.account
    commands.set_role(user_id=account, role="policy_approver", by=viewers.installer(), at=AT)
    author = queries.viewer(account)
    for closing in (proposals.adopt, proposals.refuse):
        with pytest.raises(OwnProposal):
            closing(proposed, reason="Mine.", by=author, at=LATER)
    with pytest.raises(NotForYou):
        proposals.withdraw(proposed, reason="Not mine.", by=policy_approver, at=LATER)
    proposals.withdraw(proposed, reason="Misread.", by=rules_editor, at=LATER)
    assert proposals.proposal(rules_editor, proposed).state == "withdrawn"


def test_the_table_itself_refuses_an_author_who_adopts(proposed, rules_editor) -> None:
    with recording(rules_editor, AT), pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(state="adopted", closed_by=rules_editor.audit_id)


def test_a_refused_proposal_is_closed_and_can_still_be_read(
    proposed, rules_editor, policy_approver, supervisor
) -> None:
    proposals.refuse(proposed, reason="Not our law.", by=policy_approver, at=LATER)
    found = proposals.proposal(rules_editor, proposed)
    assert (found.state, found.decision_reason, found.decided_by_role) == (
        "refused", "Not our law.", "policy_approver",
    )  # fmt: skip
    assert proposals.impact(supervisor, proposed, TODAY, at=AT).moved == 2
    with pytest.raises(ProposalRefused):
        proposals.adopt(proposed, reason="After all.", by=policy_approver, at=LATER)


def test_a_change_that_opens_an_undescribed_gap_is_shown_and_not_adopted(
    rules_editor, policy_approver, supervisor, people
) -> None:
    ref = propose(rules_editor, until_three(gap=False))
    found = proposals.impact(supervisor, ref, TODAY, at=AT)
    assert [each.kind for each in found.findings] == ["gap"]
    assert [(each.gap, each.after) for each in found.gaps_opened if each.gap is None] == [(None, 2)]
    with pytest.raises(Unfinished) as refused:
        proposals.adopt(ref, reason="Never mind.", by=policy_approver, at=LATER)
    assert refused.value.findings == found.findings
    assert office_pack().hash == find_pack("iraq_2018").hash


def test_a_proposal_is_weighed_anew_where_the_law_has_changed_since(
    proposed, rules_editor, policy_approver, supervisor
) -> None:
    told = {"value": 13, "source": "later-statement", "reading": {"en": "a", "ar": "ب"}}
    gap = {
        "id": "fourteen",
        "decision": "placement",
        "when": "age > :state_home_max AND age < :adolescent_min",
        "title": {"en": "fourteen", "ar": "أربعة عشر"},
    }
    other = propose(
        rules_editor,
        Edit(
            "parameter",
            "state_home_max",
            FROM,
            {**told, "gaps": [gap], "instrument": until_three().content["instrument"]},
        ),
    )
    adopted(other, policy_approver)
    with pytest.raises(Outdated):
        proposals.adopt(proposed, reason="As shown before.", by=policy_approver, at=LATER)
    found = proposals.impact(supervisor, proposed, TODAY, at=AT)
    assert (found.outdated, found.moved) == (True, 2)
    adopted(proposed, policy_approver, seen=found.base_hash)
    assert office_pack().parameters["state_home_max"].changes
    assert office_pack().parameters["stay_with_mother_max"].changes


def test_a_change_that_no_longer_fits_must_be_proposed_anew(proposed, rules_editor, policy_approver) -> None:
    again = propose(rules_editor, until_three(from_=FROM))
    adopted(proposed, policy_approver)
    with pytest.raises(Outdated, match=r"parameters\.yaml: stay_with_mother_max"):
        proposals.impact(rules_editor, again, TODAY, at=AT)


def test_a_preview_stores_nothing_and_leaves_a_trail(rules_editor, supervisor, people) -> None:
    proposals.preview(rules_editor, until_three(), TODAY, at=LATER)
    assert Proposal.objects.count() == 0
    entry = ReadEntry.objects.get(kind="change.weighed")
    assert (entry.subject, entry.at) == ("office", LATER)
    with pytest.raises(NotForYou):
        proposals.preview(supervisor, until_three(), TODAY, at=AT)


def test_a_faulty_edit_is_refused_with_every_fault(rules_editor, office) -> None:
    edit = until_three(value="two", reading={"en": "Until three."}, standing="verified")
    with pytest.raises(EditRefused) as refused:
        propose(rules_editor, edit)
    assert {each.field for each in refused.value.faults} == {"value", "reading", "standing"}
    assert not Proposal.objects.exists()


def test_a_fault_that_only_the_pack_can_tell_names_its_field(rules_editor, office) -> None:
    told = {"id": "late", "decision": "placement", "modality": "may", "outcome": "state_home"}
    rule = {**told, "when": "ages > 3", "source": "nowhere/1", "reason": {"en": "a", "ar": "ب"}}
    with pytest.raises(EditRefused) as refused:
        propose(rules_editor, Edit("rule_added", "late", FROM, rule))
    assert {each.field for each in refused.value.faults} == {"when", "source"}


@pytest.mark.parametrize("role", ["monitor", "administrator", "outsider"])
def test_other_roles_see_no_proposal_and_no_impact(proposed, cast: Any, role: str) -> None:
    viewer = getattr(cast, role)
    for read in (
        lambda: proposals.proposals(viewer),
        lambda: proposals.proposal(viewer, proposed),
        lambda: proposals.impact(viewer, proposed, TODAY, at=AT),
    ):
        with pytest.raises(NotForYou):
            read()


@pytest.mark.parametrize("role", ["registrar", "caseworker", "supervisor", "operator", "rules_editor"])
def test_only_the_policy_approver_adopts(proposed, cast: Any, role: str) -> None:
    for closing in (proposals.adopt, proposals.refuse):
        with pytest.raises(NotForYou):
            closing(proposed, reason="I may not.", by=getattr(cast, role), at=LATER)


def test_the_versions_of_the_office_pack_are_listed_newest_first(
    proposed, rules_editor, policy_approver
) -> None:
    adopted(proposed, policy_approver)
    new, shipped = proposals.office_versions(rules_editor)
    assert (new.current, new.proposal, new.people) == (True, proposed, 5)
    assert (shipped.current, shipped.proposal, shipped.people) == (False, None, 0)
    assert proposals.version_pack(rules_editor, shipped.hash).hash == shipped.hash
    assert proposals.proposal(rules_editor, proposed).redeciding is False
