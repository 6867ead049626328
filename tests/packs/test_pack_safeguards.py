"""The safeguards that are shipped: each of the table once, worked through, tied to its conflicts, and none
that could be turned against a child.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.apps.decisions.packs import find_pack, read_pack_files, shipped_packs
from amana.core.dates import DateSpan
from amana.core.facts import AllOf, FactRow, FactValue
from amana.core.policy import Pack, read_row
from amana.core.safeguards import Finding, Occasion, Safeguard, SafeguardCase, find
from amana.core.safeguards.acts import DISCLOSING, GATE
from amana.core.safeguards.model import CAN_FIND, SafeguardVerdict
from amana.exchange.engines import ENGINES
from amana.exchange.pack_check import check_pack

WRITTEN = ("international", "iraq_2018")
"""The packs that write safeguards; the others inherit them."""
NUMBERED = [f"S{number:02}" for number in range(1, 55) if number != 48]
URGENT = ["P1a", "P1b", "P1c", "P1d", "P1e"]
OURS = [*URGENT, "P2"]
"""Rules of this product, which no text says so."""
TABLE = {*NUMBERED, "S48a", "S48b", *OURS}
ALIVE = {
    *("S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "S11", "S12", "S13", "S14", "S15"),
    *("S16", "S17", "S18", "S19", "S26", "S28", *OURS),
}
WEIGHTS = {
    "treaty-binding-here": (
        "S01 S02 S05 S06 S07 S10 S11 S12 S14 S16 S18 S19 S20 S21 S22 S23 S25 S28 S32 S35 S36 S37 S39 S40 S41 "
        "S42 S45 S46 S47 S48a S48b S51 S52 S53 S54"
    ),
    "national-law": "S17 S26 S29 S30 S33 S34",
    "soft-law": "S04 S08 S09 S13 S15 S24 S27 S31 S38 S43 S44",
    "binding-on-origin": "S49 S50",
    "product-rule": "S03 P1a P1b P1c P1d P1e P2",
}
"""The strongest of what each rests on."""
OUR_CLOCKS = (
    *("reasons_days", "judicial_review_days", "first_assessment_days", "assessment_again_days"),
    *("exception_days", "guardian_days", "urgent_days", "urgent_told_days"),
)
COLLECTIVE = ("age_threshold", "protocol", "family_tie", "nationality", "suspicion")
INDIVIDUAL = ("best_interests", "own_acts", "medical", "own_wish", "safety", "caregiver_absent")
KINDS = {
    "person": "birth sex nationality mother_present parent_present alone_since guardian_on siblings_apart "
    "apart_reason",
    "stay": "stay_since place_kind with_mother mother_detained last_assessment last_review admitted_on "
    "options_considered exception_until charge_on without_mother_since",
    "separation": "separated_on separation_state from_mother determination_on decided_by review_available "
    "separation_grounds care_identified consulate gate_open left_kind urgent",
    "determination": "determined_on determination_kind effect grounds reasons_given citations_given "
    "author_given child_view charge_on_record age_settled harsher_branch label_used",
    "identity_change": "changed_on change_reason change_trail",
    "urgent_move": "urgent_on urgent_ground urgent_reason monitor_told_on guardian_told_on urgent_review "
    "reviewed_on ended_on with_family into_custody",
    "field": "about_person names_risk",
}
ONE_DAY = timedelta(days=1)


@cache
def shipped(name: str) -> Pack:
    """A pack, read once for all tests of this file."""
    return find_pack(name)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return shipped("iraq_2018")


def watched(pack: Pack) -> Pack:
    """The pack whose decisions are the safeguards of this one."""
    assert pack.watch is not None
    return pack.watch


def own_cases() -> list[SafeguardCase]:
    """The worked cases of every pack that writes safeguards."""
    return [case for name in WRITTEN for case in shipped(name).safeguard_cases]


def cases_of(ident: str) -> list[SafeguardCase]:
    return [case for case in own_cases() if case.safeguard == ident]


def alive(pack: Pack) -> list[Safeguard]:
    return [each for each in pack.safeguards.values() if each.alive]


def found(pack: Pack, ident: str, on: date, **facts: FactValue | str) -> Finding:
    """What a safeguard finds of one occasion with these facts, a text as it is written in a file."""
    written = {name: value for name, value in facts.items() if isinstance(value, str)}
    plain = {name: value for name, value in facts.items() if not isinstance(value, str)}
    values = {**read_row(watched(pack), "p", on, written).values, **plain}
    occasion = Occasion(pack.safeguards[ident].watches, "p", "o", values)
    return find(pack, ident, FactRow("p", on, {}), occasion)


def found_of(pack: Pack, case: SafeguardCase, without: str = "") -> str:
    facts = {name: text for name, text in case.facts.items() if text and name != without}
    return found(pack, case.safeguard, case.on, **facts).verdict


@pytest.mark.parametrize("name", WRITTEN)
def test_the_cases_of_its_safeguards_agree_on_every_engine(
    name: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    assert check_pack(name, ENGINES).faults == ()


def test_every_safeguard_of_the_table_is_declared_exactly_once(pack: Pack) -> None:
    written = [
        entry["id"]
        for name in shipped_packs()
        for file, content in read_pack_files(name).items()
        if file.startswith("safeguards/") and file.endswith(".yaml")
        for entry in (content if isinstance(content, list) else [content])
    ]
    assert sorted(written) == sorted(TABLE)
    assert set(pack.safeguards) == TABLE


def test_those_whose_records_are_kept_are_alive_and_each_other_says_what_it_waits_for(pack: Pack) -> None:
    assert {each.id for each in alive(pack)} == ALIVE
    for each in pack.safeguards.values():
        assert each.alive != bool(each.needs_records)
        assert not set(each.needs_records) & set(pack.records)


def test_each_rests_on_what_the_table_says(pack: Pack) -> None:
    told = {ident: weight for weight, idents in WEIGHTS.items() for ident in idents.split()}
    assert {each.id: each.weight for each in pack.safeguards.values()} == told


def test_what_it_rests_on_is_called_verified_nowhere(pack: Pack) -> None:
    assert {source.standing for source in pack.sources.values()} <= {"reported", "unknown"}
    assert all(
        source.text or not source.article for each in pack.safeguards.values() for source in each.basis
    )


def test_the_kinds_of_record_and_their_facts_are_those_that_the_register_gives(pack: Pack) -> None:
    assert {kind.id: set(kind.facts) for kind in pack.records.values()} == {
        kind: set(facts.split()) for kind, facts in KINDS.items()
    }
    names = list(chain.from_iterable(kind.facts for kind in pack.records.values()))
    assert len(names) == len(set(names))


@pytest.mark.parametrize("ident", sorted(ALIVE))
def test_each_that_is_alive_has_five_cases_and_one_of_each_verdict(pack: Pack, ident: str) -> None:
    told = [case.verdict for case in cases_of(ident)]
    either = {SafeguardVerdict.NO_BREACH, SafeguardVerdict.UNDETERMINED}
    assert len(told) >= 5
    assert set(told) == {*CAN_FIND[pack.safeguards[ident].severity], *either}
    assert all(case.note for case in cases_of(ident))
    assert all(case.needs for case in cases_of(ident) if case.verdict == "undetermined")


def test_every_clock_has_a_case_on_its_last_day_and_one_on_the_day_after(pack: Pack) -> None:
    for each in alive(pack):
        if each.severity == "duty":
            told = {(case.verdict, case.due, case.on) for case in cases_of(each.id)}
            last = {on for verdict, due, on in told if verdict == "duty_open" and due == on.isoformat()}
            late = {
                on for verdict, due, on in told if verdict == "overdue" and due == (on - ONE_DAY).isoformat()
            }
            assert last and late, each.id
            assert any(due.endswith("02-29") for _, due, _ in told), each.id


def test_leap_births_and_uncertain_births_are_among_the_cases(pack: Pack) -> None:
    births: dict[str, set[str]] = {case.safeguard: set() for case in own_cases()}
    for case in own_cases():
        births[case.safeguard].add(case.facts.get("birth", ""))
    assert any("02-29" in birth for birth in births["S06"])
    for each in alive(pack):
        if "birth" in each.facts_read and each.id != "S17":
            assert any("/" in birth or not birth for birth in births[each.id]), each.id


@given(start=st.dates(date(2010, 1, 1), date(2019, 12, 31)), days=st.integers(0, 40))
def test_the_last_day_of_a_clock_is_in_time_and_the_next_is_not(start: date, days: int) -> None:
    pack = shipped("international")
    facts = {"with_mother": "true", "mother_detained": "true", "birth": "2010-01-01"}
    told = found(pack, "S11", start + days * ONE_DAY, stay_since=start.isoformat(), **facts)
    assert told.verdict == ("duty_open" if days <= 14 else "overdue")
    assert told.due == DateSpan.day(start + 14 * ONE_DAY)


@given(
    many=st.sets(st.sampled_from(COLLECTIVE), min_size=1),
    own=st.sets(st.sampled_from(INDIVIDUAL), max_size=2),
)
def test_no_number_of_grounds_that_speak_of_many_cures_one(many: set[str], own: set[str]) -> None:
    pack, on, grounds = shipped("international"), date(2018, 2, 15), AllOf(many | own)
    facts = {"birth": "2014-01-01", "from_mother": "true", "separated_on": "2018-02-10"}
    apart = found(pack, "S08", on, separation_grounds=grounds, **facts)
    assert apart.verdict == ("no_breach_found" if own else "breach")
    tied = found(pack, "S02", on, effect="adverse", grounds=grounds)
    assert tied.verdict == ("breach" if "family_tie" in many and not own else "no_breach_found")


def test_the_grounds_are_split_into_those_that_speak_of_one_and_those_that_speak_of_many(pack: Pack) -> None:
    assert pack.parameters["collective_grounds"].value == COLLECTIVE
    assert pack.parameters["individual_grounds"].value == INDIVIDUAL
    for fact in ("grounds", "separation_grounds"):
        assert set(watched(pack).facts[fact].values) == {*COLLECTIVE, *INDIVIDUAL}


def test_not_knowing_a_persons_fact_never_clears_what_knowing_it_found() -> None:
    for name in WRITTEN:
        pack = shipped(name)
        person = {fact.name for fact in watched(pack).facts.values() if fact.kind == "person"}
        for case in pack.safeguard_cases:
            if case.verdict not in ("no_breach_found", "undetermined"):
                for fact in person & {fact for fact, text in case.facts.items() if text}:
                    assert found_of(pack, case, without=fact) != "no_breach_found", (case.id, fact)


def test_a_birthday_passed_since_does_not_clear_a_separation_of_a_child(pack: Pack) -> None:
    facts = {"birth": "2000-03-01", "from_mother": "true", "separated_on": "2018-02-10"}
    facts["separation_grounds"] = "protocol"
    for ident in ("S06", "S07", "S08"):
        for on in (date(2018, 2, 28), date(2019, 6, 1)):
            assert found(pack, ident, on, separation_state="done", **facts).verdict == "breach", (ident, on)


def test_conflicts_and_safeguards_name_each_other() -> None:
    for name in shipped_packs():
        pack = shipped(name)
        conflicts = {each.id: each for each in pack.conflicts}
        for each in pack.safeguards.values():
            assert all(each.id in conflicts[ident].watched_by for ident in each.conflicts_with), each.id
        for conflict in pack.conflicts:
            if pack.safeguards:
                assert set(conflict.watched_by) <= set(pack.safeguards), conflict.id
            if pack.safeguards and re.fullmatch(r"K\d+", conflict.id):
                back = {each.id for each in pack.safeguards.values() if conflict.id in each.conflicts_with}
                assert set(conflict.watched_by) == back, conflict.id


def test_all_fourteen_conflicts_of_the_protocol_are_there_and_two_have_no_safeguard(pack: Pack) -> None:
    conflicts = {each.id: each for each in pack.conflicts}
    assert set(conflicts) == {f"K{number}" for number in range(1, 15)}
    assert {ident for ident, each in conflicts.items() if not each.watched_by} == {"K8", "K14"}


def test_no_remedy_discloses_anything_to_a_country_unless_its_gate_is_open() -> None:
    for name in shipped_packs():
        for each in shipped(name).safeguards.values():
            for remedy in each.remedy:
                told = remedy.act in DISCLOSING or re.search(r"disclos|embass|notif|send", remedy.act)
                assert not told or remedy.only_if == GATE, each.id


def test_who_may_not_be_waived_and_what_stops_a_planned_act(pack: Pack) -> None:
    fixed = {each.id for each in pack.safeguards.values() if not each.waivable}
    assert fixed == {"S02", "S03", "S06", "S09", "S12", "S18", "P1d", "P2", "S48a"}
    stops = {each.id for each in pack.safeguards.values() if each.blocks}
    separation = {"S06", "S07", "S08", "S09"}
    assert stops == {*separation, "S01", "S02", "S05", "S12", "S13", "S18", "S26", "P1d", "P2"}
    assert {each.id for each in alive(pack) if each.watches == "separation"} == separation


def test_a_clock_that_no_text_gives_says_so_in_its_reading(pack: Pack) -> None:
    for ident in OUR_CLOCKS:
        reading = pack.parameters[ident].reading
        assert "roposed default" in reading["en"] and "قيمة مقترحة" in reading["ar"], ident
    assert "roposed default" not in pack.parameters["review_days"].reading["en"]


def test_every_one_that_is_alive_names_an_act_and_somebody_to_tell(pack: Pack) -> None:
    for each in alive(pack):
        assert each.remedy and each.alerts, each.id
        if not each.waivable:
            assert "monitor" in each.alerts, each.id


NUMBERS = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|\w+teen|twenty|thirty|\w+ty-\w+|ninety)\b"
    r"|\b(?:hours?|weeks?|months?|years?|same day|أسبوع|شهر|ساعات?|سنوات|يومين|اليوم نفسه)\b"
    r"|\b(?:ال)?(?:ثلاث|أربع|خمس|ست|سبع|ثمان|تسع|عشر)(?:ة|ون|ين|ية)?\b"
)


@pytest.mark.parametrize("name", WRITTEN)
def test_no_text_of_one_that_is_alive_tells_a_number_that_a_parameter_may_change(name: str) -> None:
    told = {
        f"{each.id} {key}": texts
        for each in find_pack(name).safeguards.values()
        if each.alive
        for key, texts in (("title", each.title), ("asks", each.asks), ("clears", each.clears))
    }
    assert not {key: texts for key, texts in told.items() if any(map(NUMBERS.search, texts.values()))}


def test_no_label_of_a_clock_and_no_question_of_a_record_tells_an_age_that_may_change(pack: Pack) -> None:
    watch = pack.watch
    assert watch is not None
    asked = [watch.facts[name].question for kind in pack.records.values() for name in kind.facts]
    told = [*asked, *(each.label for each in pack.parameters.values())]
    assert not [texts for texts in told if re.search(r"\d|\bthree\b|الثالثة", " ".join(texts.values()))]


def test_no_text_calls_anything_compliant_or_a_birthday_a_transfer(pack: Pack) -> None:
    for each in pack.safeguards.values():
        told = " ".join([each.title["en"], each.asks["en"], each.clears["en"]]).lower()
        assert not re.search(r"complian|complies|transfer", told), each.id
        assert "متثل" not in each.title["ar"] + each.asks["ar"] + each.clears["ar"], each.id


def test_no_record_fact_asks_what_a_relative_did_or_why_somebody_fears(pack: Pack) -> None:
    names = {name for kind in pack.records.values() for name in kind.facts}
    assert not [name for name in names if re.search(r"fear|rank|member|kin_|threat|score", name)]
    assert {name for name in names if "risk" in name} == {"names_risk"}


def test_whoever_stands_on_a_pack_inherits_its_safeguards() -> None:
    assert set(shipped("iraq_moj_statement").safeguards) == TABLE
    assert set(shipped("iraq_juvenile").safeguards) == TABLE - {"S17"}
