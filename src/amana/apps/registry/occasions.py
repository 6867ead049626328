"""The occasions that the register provides to the safeguards: each change of an identity, that is a judgement
that refutes a claim of name, birth, sex or nationality, or counts a refuted one again.

Of each it tells the day, whether its reason is on record, and whether the trail holds it. A claim or a parent
link that stands refuted though no judgement is on record was changed past the register, and is told as such,
on some day since it was made. Days and flags only; no name leaves the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db.models import Q

from amana.apps.accounts.queries import office
from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.recording import about_to_be_told
from amana.apps.registry.models import Claim, ClaimReview, KinLink
from amana.core.dates import DateSpan
from amana.core.facts import FactValue, Standing
from amana.core.safeguards import Occasion

KINDS = ("identity_change",)
IDENTITY = ("name", "birth", "sex", "nationality")
REFUTED = Standing.REFUTED.value


def provide(refs: Sequence[str], on: date) -> Iterable[Occasion]:
    """The changes of these people's identities up to the day, in a few queries."""
    yield from _judged(refs, on)
    yield from _unjudged(refs, on)


def _judged(refs: Sequence[str], on: date) -> Iterator[Occasion]:
    """Changes by an official's judgement. An office that stands on a day made all of them on it."""
    rows = _judgements(refs)
    if not rows:
        return
    held, here = _held_in_trail({person for _, person, _, _ in rows}), office()
    for ident, person, at, reason in rows:
        day = here.today(at.date())
        if day <= on:
            told, kept = bool(reason.strip()), (person, at) in held
            yield _change(person, f"review:{ident}", DateSpan.day(day), reason=told, trail=kept)


def _unjudged(refs: Sequence[str], on: date) -> Iterator[Occasion]:
    """What stands refuted without a judgement: claims, and parent links, which nobody judges here."""
    refuted = _refuted_claims(refs, on)
    reviews = ClaimReview.objects.filter(claim__in=[ident for ident, _, _ in refuted])
    judged = set(reviews.values_list("claim_id", flat=True))
    for ident, person, said_on in sorted(row for row in refuted if row[0] not in judged):
        yield _change(person, f"claim:{ident}", DateSpan(said_on, on), reason=False, trail=False)
    for ident, person, said_on in _refuted_links(refs, on):
        yield _change(person, f"link:{ident}", DateSpan(said_on, on), reason=False, trail=False)


@of_many
def _judgements(refs: Whoever) -> Query:
    before, after = Q(standing_before=REFUTED), Q(standing_after=REFUTED)
    of_them = ClaimReview.objects.filter(Among("claim__person_id", refs), claim__attribute__in=IDENTITY)
    found = of_them.filter(before ^ after).order_by("id")
    return found.values_list("id", "claim__person_id", "at", "reason")


@of_many
def _refuted_claims(refs: Whoever, on: date) -> Query:
    of_them = Claim.objects.filter(Among("person_id", refs), attribute__in=IDENTITY)
    return of_them.filter(standing=REFUTED, on__lte=on).values_list("id", "person_id", "on")


@of_many
def _refuted_links(refs: Whoever, on: date) -> Query:
    links = KinLink.objects.filter(Among("child_id", refs), standing=REFUTED, on__lte=on)
    return links.order_by("id").values_list("id", "child_id", "on")


def _held_in_trail(people: set[str]) -> set[tuple[str, datetime]]:
    """Person and instant of each judgement that the trail tells of, or will when the open command ends."""
    entries = AuditEntry.objects.filter(subject__in=sorted(people), kind="claim.reviewed")
    now = {(line.subject, line.at) for line in about_to_be_told("claim.reviewed")}
    return {*entries.values_list("subject", "at"), *now}


def _change(person: str, key: str, changed_on: DateSpan, *, reason: bool, trail: bool) -> Occasion:
    values: dict[str, FactValue] = {"changed_on": changed_on, "change_reason": reason, "change_trail": trail}
    return Occasion("identity_change", person, key, values)
