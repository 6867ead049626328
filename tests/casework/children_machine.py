"""A machine that leads children's cases through any order of acts, allowed and forbidden, and holds to each
step: no act on an undetermined answer, no planned separation without an approved determination of its own, no
approval by whoever asked, no finding ended except by facts or the law, and clocks exact to the day.

What must happen is foretold from the model's own knowledge and a calendar walked by hand
(`core/hand_calendar`), never by asking the code that is tried.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from determined import assessed, complete
from django.db import transaction
from hand_calendar import NUMBER
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from registered import AT, TODAY
from small_lists import a_list, day, row, year
from sweeping import kept, whole

from amana.apps.accounts.viewers import NotForYou
from amana.apps.decisions.models import Decision
from amana.apps.determinations.models import Approval, Determination
from amana.apps.oversight.models import Finding, Waiver
from amana.apps.placements.commands import add_facility
from amana.apps.placements.models import Stay
from amana.apps.registry.models import Claim, Person
from amana.casework import amend, determine, intake, moves, nightly, oversight, sweep
from amana.casework.determine import ApprovalStopped, CannotAct, OwnDetermination
from amana.core.errors import AmanaError

KINDS = ("detention", "state_home", "juvenile", "other", "camp")
ASKING = frozenset({"caseworker", "operator"})
DECIDING = frozenset({"supervisor", "operator"})
ROLES = ("caseworker", "supervisor", "operator", "registrar", "monitor", "administrator")
NEVER_WAIVED = frozenset({"S02", "S03", "S06", "S09", "S12", "S18"})
FIRST, AGAIN = 14, 90
CLOCK = "S11"
ILL_SAID = frozenset(
    {"not_in_words", "no_ground", "missing", "unknown_code", "code", "future", "too_early", "too_late"}
)
"""Codes of refusals that are for how an act is told, never for what it does to a child."""


def codes_of(refused: AmanaError) -> set[str]:
    """Every code that a refusal names, whichever command made it."""
    faults = getattr(refused, "faults", ())
    return {getattr(refused, "code", ""), getattr(refused, "reason", ""), *(each.code for each in faults)}


@dataclass
class Office:
    """One list taken in at a place of detention, other places, and who stays when nothing was done."""

    cast: Any
    places: dict[str, str]
    children: list[str]
    alone: str
    claims: dict[str, int]


def open_office(cast: Any) -> Office:
    """A mother with children near each age that decides, one of an uncertain year, and a child alone."""
    places = {
        kind: add_facility(name_en=kind, name_ar="", kind=kind, by=cast.registrar, at=AT) for kind in KINDS
    }
    children = (
        ("nears four", {"birth": day("2014-02-28")}),
        ("of eight", {"birth": day("2010-01-31")}),
        ("of a leap day", {"birth": day("2004-02-29")}),
        ("of some year", {"birth": year(2014)}),
    )
    rows = [row(2, "Mother", "wife_mother", "F", birth=day("1987-05-02"))]
    rows += [row(3 + at, name, "son", "F", **born) for at, (name, born) in enumerate(children)]
    rows.append(row(9, "Alone", "son", "G", birth=day("2012-06-30")))
    intake.commit(a_list(*rows), facility=places["detention"], sender="S", by=cast.registrar, at=AT, on=TODAY)
    sweep.sweep_all(on=TODAY, by=cast.registrar, at=AT)
    refs = list(Person.objects.filter(relation="son").order_by("name_latin").values_list("ref", flat=True))
    alone = Person.objects.get(name_latin="Alone").ref
    claims = dict(Claim.objects.filter(attribute="birth").values_list("person_id", "id"))
    return Office(cast, places, refs, alone, claims)


@dataclass
class Told:
    """What the model itself remembers of a case."""

    asked: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    approved: dict[str, tuple[str, date]] = field(default_factory=dict)
    plans: list[tuple[str, str]] = field(default_factory=list)


def machine_of(office: Office) -> type[RuleBasedStateMachine]:
    """The machine over one opened office; each run begins with it untouched."""

    class Machine(ChildrenMachine):
        opened = office

    return Machine


numbers, days = st.integers(0, 4), st.integers(0, 45)
roles = st.sampled_from(ROLES)


class ChildrenMachine(RuleBasedStateMachine):
    """The acts, in any order."""

    opened: Office

    def __init__(self) -> None:
        super().__init__()
        self.saved = transaction.atomic()
        self.saved.__enter__()
        self.on, self.told, self.looked_at = TODAY, Told(), True

    @initialize()
    def knows_what_stands(self) -> None:
        self.ended = set(Finding.objects.exclude(until=None).values_list("pk", flat=True))

    def teardown(self) -> None:
        try:
            if hasattr(self, "ended"):
                if not self.looked_at:
                    self.night()
                self.holds()
        finally:
            transaction.set_rollback(True)
            self.saved.__exit__(None, None, None)

    def viewer(self, role: str) -> Any:
        return getattr(self.opened.cast, role)

    def child(self, number: int) -> str:
        return self.opened.children[number]

    def acting(self, role: str) -> dict[str, Any]:
        return {"by": self.viewer(role), "at": AT + (self.on - TODAY), "on": self.on}

    def tried(self, do: Callable[[], Any]) -> AmanaError | None:
        """Do it; the refusal, if it was refused. What is refused changes nothing. No act is refused for how
        the machine words it: it would try nothing any more, and nobody would see it.
        """
        try:
            with transaction.atomic():
                self.made = do()
        except AmanaError as refused:
            assert not ILL_SAID & codes_of(refused), refused
            return refused
        return None

    # What time and people do

    @rule(ahead=days)
    def days_go_by(self, ahead: int) -> None:
        self.on += timedelta(ahead)
        self.looked_at = False

    @rule(sleeps=st.sampled_from([False, False, True]))
    def a_night_comes(self, sleeps: bool) -> None:
        if sleeps:
            self.night()

    def night(self) -> None:
        nightly.run(on=self.on, by=nightly.night(), at=AT + (self.on - TODAY))
        self.looked_at = True
        self.clocks_are_exact()

    @rule(number=numbers)
    def a_birth_is_borne_out(self, number: int) -> None:
        ref = self.child(number)
        self.tried(
            lambda: amend.judge_claim(
                person=ref, claim=self.opened.claims[ref], judgement="support", reason="A card was seen.",
                **self.acting("caseworker"),
            )
        )  # fmt: skip

    @rule(number=numbers)
    def a_child_is_assessed(self, number: int) -> None:
        assessed(self.child(number), self.opened.cast.caseworker, on=self.on)
        self.clocks_are_exact()

    @rule(number=numbers, kind=st.sampled_from(KINDS))
    def somebody_reports_that_a_child_was_moved(self, number: int, kind: str) -> None:
        """The truth can always be told, and shows."""
        ref, place = self.child(number), self.opened.places[kind]
        refused = self.tried(
            lambda: amend.move(
                person=ref, facility=place, moved_on=self.on, source="site", grounds=("age_threshold",),
                decided_by="authority", **self.acting("registrar"),
            )
        )  # fmt: skip
        if refused is None and kind in ("detention", "juvenile"):
            self.clocks_are_exact()

    # What an official asks for

    @rule(number=numbers, decides=st.sampled_from(["stays_with_mother", "separation"]), role=roles)
    def somebody_asks_for_a_determination(self, number: int, decides: str, role: str) -> None:
        ref = self.child(number)
        place = {"place_kind": "family"} if decides == "separation" else {}
        said = complete(
            decides=decides, decided_on=self.on, review_on=self.on + timedelta(90),
            appeal_until=self.on + timedelta(30), **place,
        )  # fmt: skip
        refused = self.tried(lambda: determine.ask_determination(ref, **said, **self.acting(role)))
        assert isinstance(refused, NotForYou) == (role not in ASKING)
        if refused is None:
            self.told.asked[self.made] = (role, ref, decides)

    @rule(number=st.integers(0, 20), role=roles, approves=st.booleans())
    @precondition(lambda self: self.told.asked)
    def somebody_decides_on_it(self, number: int, role: str, approves: bool) -> None:
        made = list(self.told.asked)[number % len(self.told.asked)]
        asker, ref, decides = self.told.asked[made]
        do = determine.approve if approves else determine.reject
        seen: dict[str, Any] = {"seen_version": None}
        refused = self.tried(
            lambda: do(made, reason="Weighed by the whole panel.", **seen, **self.acting(role))
        )
        if role not in DECIDING:
            assert isinstance(refused, NotForYou)
        elif role == asker:
            # It may be refused for what it says before it is looked at who asked for it.
            assert isinstance(refused, OwnDetermination | ApprovalStopped | CannotAct)
        if refused is None:
            del self.told.asked[made]
            if approves:
                self.told.approved[ref] = (decides, self.on)
                self.clocks_are_exact()

    @rule(
        number=numbers, stance=st.sampled_from(["adopt", "not_adopt"]), role=st.sampled_from(sorted(ASKING))
    )
    def somebody_acts_on_what_the_protocol_says(self, number: int, stance: str, role: str) -> None:
        ref = self.child(number)
        answer = Decision.objects.get(person=ref, superseded_at=None)
        parts = (answer.outcome == "state_home") == (stance == "adopt")
        place = {"place_kind": "state_home"} if parts else {}
        said = complete(
            decides="separation" if parts else "stays_with_mother", decided_on=self.on,
            review_on=self.on + timedelta(90), appeal_until=self.on + timedelta(30), **place,
        )  # fmt: skip
        asked = {"decision_id": answer.pk, "stance": stance, **said, **self.acting(role)}
        refused = self.tried(lambda: determine.act_on(ref, **asked))
        standing = Claim.objects.get(pk=self.opened.claims[ref]).standing
        if answer.outcome in (
            "undetermined",
            "invalid",
            "no_lawful_placement",
            "reported_detention_possible",
        ):
            assert isinstance(refused, CannotAct)
        elif answer.outcome == "state_home" and standing == "claimed":
            assert isinstance(refused, CannotAct)
            # A birthday that no night has seen yet takes the stored answer out of reach before its facts do.
            assert refused.reason_code in ("merely_claimed", *(() if self.looked_at else ("superseded",)))
        if refused is None:
            self.told.asked[self.made] = (role, ref, said["decides"])

    @rule(number=numbers, kind=st.sampled_from(KINDS), ready=st.booleans())
    def somebody_plans_a_move(self, number: int, kind: str, ready: bool) -> None:
        ref = self.child(number)
        refused = self.tried(
            lambda: moves.plan_move(
                ref, facility=self.opened.places[kind], planned_for=self.on, grounds=("safety",),
                reason="The judge asks for it.", care_identified=ready,
                consulate="mother_refused" if ready else "", **self.acting("caseworker"),
            )
        )  # fmt: skip
        if refused is None:
            self.told.plans.append((self.made, ref))

    @rule(number=st.integers(0, 20), withdraws=st.booleans())
    @precondition(lambda self: self.told.plans)
    def somebody_carries_a_plan_out_or_withdraws_it(self, number: int, withdraws: bool) -> None:
        plan, ref = self.told.plans[number % len(self.told.plans)]
        if withdraws:
            self.tried(
                lambda: moves.withdraw_move(
                    plan, reason="Nobody asks for it any more.", **self.acting("caseworker")
                )
            )
            return
        with_her = self.is_with_mother(ref)
        refused = self.tried(lambda: moves.carry_out(plan, moved_on=self.on, **self.acting("caseworker")))
        if refused is None and with_her and not self.is_with_mother(ref):
            decided, since = self.told.approved.get(ref, ("", self.on))
            assert decided == "separation", "a child was parted from the mother without a determination"
            assert since <= self.on

    @rule(number=st.integers(0, 40), role=roles, ahead=st.integers(-3, 120))
    def somebody_waives_a_finding(self, number: int, role: str, ahead: int) -> None:
        standing = Finding.objects.filter(until=None, person__isnull=False).order_by("pk")
        found = standing[number % max(1, standing.count()) :].first()
        if found is None:
            return
        until = self.on + timedelta(ahead)
        refused = self.tried(
            lambda: oversight.waive(
                found.pk, ground="The judge sits later.", until=until, **self.acting(role)
            )
        )
        if role not in DECIDING:
            assert isinstance(refused, NotForYou)
        elif found.safeguard in NEVER_WAIVED or not 0 <= ahead <= 90:
            assert refused is not None
        found.refresh_from_db()
        if found.until is not None:
            # Days went by without a night: what follows the waiver may have ended it, as a sweep would.
            place = (found.person_id, found.safeguard, found.key)
            still = {(each.place, each.verdict) for each in whole(self.on)}
            assert (place, found.verdict) not in still, "a waiver ended a finding"

    # What always holds

    def holds(self) -> None:
        """What was true of every act so far."""
        assert kept() == whole(self.on)
        newly = Finding.objects.exclude(until=None).exclude(pk__in=self.ended)
        assert set(newly.values_list("ended", flat=True)) <= {"facts"}
        by_the_asker = [
            each for each in Approval.objects.filter(step__in=["approved", "rejected"])
            if each.by == each.requested_by
        ]  # fmt: skip
        assert not by_the_asker
        for made in Determination.objects.exclude(stance="").select_related("decision"):
            assert made.decision.outcome in ("with_mother", "state_home", "not_a_child")
        assert not [each for each in Waiver.objects.all() if (each.until - each.made_on).days > 90]

    def is_with_mother(self, ref: str) -> bool:
        """Whether the child has a mother here and is where she is, at the place of detention."""
        if ref == self.opened.alone:
            return False
        stay = Stay.objects.filter(person=ref, until=None).order_by("-since", "-id").first()
        return stay is not None and stay.facility_id == self.opened.places["detention"]

    def clocks_are_exact(self) -> None:
        """The duty to assess a child with a detained mother runs 14 days from arrival, then 90 from the last
        assessment or determination in force, counted on the hand-walked calendar."""
        if not self.looked_at:
            return
        today = NUMBER[self.on.timetuple()[:3]]
        found = {each.person_id: each for each in Finding.objects.filter(safeguard=CLOCK, until=None)}
        for ref in self.opened.children:
            finding = found.get(ref)
            if finding is None or finding.verdict == "undetermined":
                continue
            start, clock = self.clock_of(ref)
            due = NUMBER[start.timetuple()[:3]] + clock
            assert NUMBER[finding.due_latest.timetuple()[:3]] == due
            assert finding.verdict == ("duty_open" if today <= due else "overdue")

    def clock_of(self, ref: str) -> tuple[date, int]:
        """From which day the clock runs, and for how many days."""
        looked_at = Determination.objects.filter(
            person=ref,
            kind__in=["assessment", "determination", "outcome"],
            state__in=["recorded", "approved"],
        )
        last = max((each.decided_on for each in looked_at), default=None)
        if last is not None:
            return last, AGAIN
        began = date(9999, 1, 1)
        for stay in Stay.objects.filter(person=ref).order_by("-since", "-id"):
            if stay.since == stay.until:
                continue  # an hour elsewhere starts no clock anew
            if stay.facility_id != self.opened.places["detention"]:
                break
            began = stay.since
        return began, FIRST
