"""A stored decision replayed: the text and facts of its day give it again, a later text may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law_changes import until_three
from registered import AT, TODAY
from small_lists import a_list, day, many, one_family, row, year

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.records import writing
from amana.apps.decisions.facts_table import FACTS, plain_facts, row_of_plain
from amana.apps.decisions.models import Decision, PackVersion
from amana.apps.decisions.office_pack import office_pack
from amana.apps.decisions.pack_text import SpoiltPack
from amana.apps.decisions.packs import find_pack
from amana.apps.registry.models import Person
from amana.casework import amend, proposals
from amana.casework.redecide import decide_anew
from amana.casework.replay import replay, replay_all
from amana.core.dates import DateSpan
from amana.core.facts import AllOf, Contradiction, Evidence, FactRow, Standing
from amana.core.policy import decide
from amana.core.policy.editing.edits import Edit
from amana.worker import law

LATER = AT + timedelta(hours=1)
SHIPPED = find_pack("iraq_2018")


def adopt(rules_editor: Any, policy_approver: Any) -> None:
    told = {"title": "Until three", "reason": "Said so.", "by": rules_editor, "at": AT}
    ref = proposals.propose(until_three(), **told)
    proposals.adopt(ref, reason="Agreed.", by=policy_approver, at=LATER)
    decide_anew(by=policy_approver, at=LATER, on=TODAY)


@pytest.fixture
def office_of_many(committed: Callable[..., Any], caseworker: Any) -> None:
    """Families of all ages, and people whose facts are open, several, proved, disputed or contradictory."""
    committed(many(20))
    committed(
        a_list(
            row(2, "Zarina R", "wife_mother", "9", birth=day("1987-05-02")),
            row(3, "Anora R", "daughter", "9", birth=year(2014)),
            row(4, "Nobody Knows", "son", "8", nationality=frozenset()),
            row(5, "Two Papers", "son", "8", birth=day("2008-01-01"), nationality=frozenset({"IRQ", "UZB"})),
            row(6, "Not Yet Born", "son", "9", birth=day("2018-02-20")),
            row(7, "This Year", "son", "9", birth=year(2018)),
        ),
        sender="Another office",
    )
    acting = {
        "by": caseworker,
        "at": LATER,
        "on": TODAY,
        "source": "document",
        "note": "a card",
        "said_on": TODAY,
    }
    ref = dict(Person.objects.values_list("name_latin", "ref"))
    for code in ("IRQ", "TJK"):
        amend.add_claim(
            person=ref["Anora R"], attribute="nationality", stated=code, standing=Standing.CONFIRMED, **acting
        )
    amend.add_claim(
        person=ref["Two Papers"],
        attribute="nationality",
        stated="IRQ;UZB",
        standing=Standing.CONFIRMED,
        **acting,
    )
    amend.add_claim(person=ref["Zarina R"], attribute="birth", stated="../1990", **acting)
    amend.add_claim(person=ref["Two Papers"], attribute="birth", stated="2012", **acting)


@pytest.mark.django_db
def test_every_decision_of_an_office_comes_out_as_it_was_stored(
    office_of_many, caseworker, rules_editor, policy_approver
) -> None:
    adopt(rules_editor, policy_approver)
    found = [
        each for ref in Person.objects.values_list("ref", flat=True) for each in replay_all(caseworker, ref)
    ]
    assert len(found) == Decision.objects.count() > 2 * Person.objects.count()
    assert [each.stored for each in found if not each.same] == []
    assert len({each.stored.pack_hash for each in found}) == 2
    assert {each.stored.outcome for each in found} >= {"undetermined", "invalid", "with_mother", "state_home"}
    assert any("+" in str(each.stored.facts["nationality"]) for each in found)


@pytest.mark.django_db
def test_a_later_text_in_force_since_before_shows_the_difference(
    committed, caseworker, rules_editor, policy_approver
) -> None:
    committed(a_list(*one_family().rows[:1], row(5, "Anora R", "daughter", birth=day("2014-06-01"))))
    adopt(rules_editor, policy_approver)
    ref = Person.objects.get(name_latin="Anora R").ref
    new, old = replay_all(caseworker, ref)
    assert (new.same, new.differs, old.same, old.differs) == (True, False, True, True)
    assert old.then is not None
    assert old.now is not None
    assert (old.then.outcome, old.now.outcome) == ("with_mother", "no_lawful_placement")
    assert old.pack_then is not None
    assert (old.pack_then.hash, old.pack_now.hash) == (find_pack("iraq_2018").hash, office_pack().hash)
    assert replay(caseworker, ref, old.stored.id) == old


@pytest.mark.django_db
def test_a_decision_whose_text_is_not_kept_says_so(committed, caseworker) -> None:
    committed(one_family())
    ref = Person.objects.get(name_latin="Anora Rahimova").ref
    allowed = writing.set(True)
    Decision.objects.filter(person=ref).update(pack_hash="0" * 64)
    writing.reset(allowed)
    (found,) = replay_all(caseworker, ref)
    assert (found.then, found.pack_then, found.same, found.differs) == (None, None, None, False)


@pytest.mark.django_db
def test_a_text_that_was_altered_in_the_database_is_refused(committed, caseworker) -> None:
    from amana.apps.decisions import office_pack as reading

    committed(one_family())
    ref = Person.objects.get(name_latin="Anora Rahimova").ref
    kept = PackVersion.objects.get()
    allowed = writing.set(True)
    PackVersion.objects.update(content=kept.content.replace('"value":3', '"value":2'))
    writing.reset(allowed)
    reading._stored.cache_clear()
    with pytest.raises(SpoiltPack, match=kept.hash[:12]):
        replay_all(caseworker, ref)
    reading._stored.cache_clear()


@pytest.mark.django_db
def test_a_decision_of_another_person_is_not_found(committed, caseworker, rules_editor) -> None:
    committed(one_family())
    one, other = Decision.objects.order_by("pk")[:2]
    with pytest.raises(NotForYou):
        replay(caseworker, one.person_id, other.pk)
    with pytest.raises(NotForYou):
        replay(rules_editor, one.person_id, one.pk)
    replay(caseworker, one.person_id, one.pk)
    assert caseworker.trail == [one.person_id]


SPANS = st.one_of(
    st.none(),
    st.just(Contradiction("after_the_day_asked_about")),
    st.builds(
        lambda one, other: DateSpan(min(one, other), max(one, other)),
        st.dates(date(1990, 1, 1), date(2018, 3, 1)),
        st.dates(date(1990, 1, 1), date(2018, 3, 1)),
    ),
    st.builds(DateSpan, st.none(), st.dates(date(1990, 1, 1), date(2018, 3, 1))),
    st.builds(DateSpan, st.dates(date(1990, 1, 1), date(2018, 3, 1)), st.none()),
)
CODES = st.sets(st.sampled_from(["IRQ", "PSE", "TJK", "XXA"]), min_size=1)
NATIONS = st.one_of(st.none(), CODES.map(frozenset), CODES.map(AllOf))
STANDINGS = st.sampled_from([Standing.CLAIMED, Standing.SUPPORTED, Standing.CONFIRMED])


@given(
    birth=SPANS,
    nationality=NATIONS,
    sex=st.sampled_from([None, frozenset({"male"}), frozenset({"male", "female"})]),
    mother=st.sampled_from([True, False, None]),
    standing=STANDINGS,
    disputed=st.booleans(),
    on=st.sampled_from([date(2018, 1, 15), TODAY]),
)
@settings(max_examples=300, deadline=None)
def test_the_facts_as_a_decision_keeps_them_give_its_answer_again(
    *, birth, nationality, sex, mother, standing, disputed, on
) -> None:
    values = dict(zip(FACTS, (birth, sex, nationality, mother), strict=True))
    evidence = {name: Evidence(standing, "list", "", disputed) for name, value in values.items() if value}
    facts = FactRow("P-222222", on, values, evidence)
    again = row_of_plain(facts.ref, on, plain_facts(facts))
    assert decide(SHIPPED, "placement", again) == decide(SHIPPED, "placement", facts)
    assert plain_facts(again) == plain_facts(facts)


def test_through_many_changes_every_old_decision_comes_out_as_it_was_stored(
    committed, supervisor, rules_editor, policy_approver
) -> None:
    """Adopted while another is open, replaced twice, an event corrected there and back, a retroactive one."""
    committed(many(4))

    def adopted(ref: str) -> None:
        proposals.adopt(ref, reason="r", by=policy_approver, at=AT, seen=office_pack().hash)
        told = {"by": policy_approver, "at": AT, "progress": lambda *each: None}
        assert law.decide({"hash": office_pack().hash}, **told) == {"decided": 12}

    def proposed(*edits: Edit) -> str:
        return proposals.propose(edits, title="t", reason="r", by=rules_editor, at=AT)

    ends, knowledge = date(2018, 2, 10), {"standing": "reported", "source": "iq-law-126-1980/admission"}
    rule, succeeded = "infant-with-mother", "infant-with-mother-2018-02-10"
    first = proposed(until_three())
    second = proposed(Edit("rule_replaced", rule, ends, {"source": "iq-protocol-2018/infants"}))
    adopted(first)
    adopted(second)
    adopted(proposed(Edit("rule_replaced", succeeded, date(2018, 2, 12), {})))
    for on in ("2017-11", "2017-07/2018-01"):
        adopted(proposed(Edit("event", "amend-1980", None, {**knowledge, "on": on, "where_read": on})))
    read = {"source": "iq-protocol-2018/adolescents", "reading": {"en": "read anew", "ar": "قراءة أخرى"}}
    before = date(2017, 1, 1)
    adopted(
        proposed(
            Edit("parameter", "majority", before, {**read, "value": 17}),
            Edit("parameter", "adolescent_max", before, {**read, "value": 16}),
        )
    )
    refs = Person.objects.values_list("ref", flat=True)
    stored = [each for ref in refs for each in replay_all(supervisor, ref)]
    assert len(stored) == 12 * 7 and all(each.same for each in stored)
    assert any(each.differs for each in stored)
    assert PackVersion.objects.filter(current=True).count() == 1 and PackVersion.objects.count() == 7
