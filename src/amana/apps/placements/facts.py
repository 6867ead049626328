"""The fact the places provide: whether the mother is held at the same place and able to care for the child.

True while exactly one claimed mother and the child both have an open stay at one place. False only on a
record: her death, her stay at another place, or that she is unable to care. No mother, more than one, a
doubted link, or no stay: unknown, never false.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.placements.models import Stay
from amana.apps.registry.facts import Known
from amana.apps.registry.models import Claim, KinLink
from amana.core.facts import Evidence, Standing

FACTS = ("mother_present",)

_SAID = (
    "person_id", "attribute", "earliest", "latest", "flag",
    "on", "standing", "source", "stated", "disputed",
)  # fmt: skip
DIED, UNABLE, MOTHER_DIED = "died", "unable_to_care", "mother_died"


class Said(NamedTuple):
    """A claim on a death or on the ability to care, refuted ones left out."""

    person: str
    attribute: str
    earliest: date | None
    latest: date | None
    flag: bool | None
    evidence: Evidence
    on: date


def provide(refs: Sequence[str], on: date) -> Mapping[str, Mapping[str, Known]]:
    """Reference -> fact -> what is known of it on that day; unknown facts are absent."""
    links: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for child, mother, standing, source in _mothers(refs):
        links[child].append((mother, Evidence(Standing(standing), source)))
    mothers = {mother for found in links.values() for mother, _ in found}
    places = _places([*refs, *mothers], on)
    told = said([*refs, *mothers])
    answers: dict[str, Mapping[str, Known]] = {}
    for ref in refs:
        known = present(ref, links.get(ref, []), places, told, on)
        if known is not None:
            answers[ref] = {"mother_present": known}
    return answers


@of_many
def _mothers(refs: Whoever) -> Query:
    counting = KinLink.objects.filter(Among("child_id", refs), role="mother", doubted=False)
    columns = ("child_id", "parent_id", "standing", "source")
    return counting.exclude(standing=Standing.REFUTED).values_list(*columns)


def present(
    child: str,
    links: Sequence[tuple[str, Evidence]],
    places: Mapping[str, str],
    told: Mapping[str, Sequence[Said]],
    on: date,
) -> Known | None:
    """Whether the mother is with the child and able to care; None where it is not known. `links`: the women
    claimed as mother, doubted and refuted ones left out; `places`: where people are on the day.
    """
    dead = _dead(told.get(child, ()), MOTHER_DIED, on)
    if dead is not None:
        return dead
    if not links or any(mother != links[0][0] for mother, _ in links):
        return None
    mother, link = links[0]
    gone = _dead(told.get(mother, ()), DIED, on) or _unable(told.get(mother, ()), on)
    if gone is not None:
        return gone
    if _may_be_dead(told.get(mother, ()), on) or not (child in places and mother in places):
        return None
    return Known(places[child] == places[mother], link)


def _dead(told: Iterable[Said], attribute: str, on: date) -> Known | None:
    """Known false where a death is recorded that certainly lies on or before the day."""
    for each in told:
        if each.attribute == attribute and (each.latest or each.on) <= on:
            return Known(False, each.evidence)
    return None


def _may_be_dead(said: Iterable[Said], on: date) -> bool:
    return any(each.attribute == DIED and (each.earliest is None or each.earliest <= on) for each in said)


def _unable(said: Iterable[Said], on: date) -> Known | None:
    """Known false where the last word on her ability to care, up to the day, is no."""
    words = [each for each in said if each.attribute == UNABLE and (each.earliest or each.on) <= on]
    in_order = sorted(words, key=lambda each: (each.earliest or each.on, each.on))
    last = in_order[-1] if in_order else None
    return Known(False, last.evidence) if last is not None and last.flag else None


def _places(refs: Sequence[str], on: date) -> Mapping[str, str]:
    return dict(_open_stays(refs, on))


@of_many
def _open_stays(refs: Whoever, on: date) -> Query:
    open_then = Stay.objects.filter(Among("person_id", refs), since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gt=on)
    )
    return open_then.order_by("since", "id").values_list("person_id", "facility_id")


def said(refs: Collection[str]) -> Mapping[str, Sequence[Said]]:
    """The claims on deaths and on the ability to care of these people, by person, in the order they came."""
    found: dict[str, list[Said]] = defaultdict(list)
    for row in _told(refs):
        person, attribute, earliest, latest, flag, on, standing, *rest = row
        evidence = Evidence(Standing(standing), *rest)
        found[person].append(Said(person, attribute, earliest, latest, flag, evidence, on))
    return found


@of_many
def _told(refs: Whoever) -> Query:
    claims = Claim.objects.filter(Among("person_id", refs), attribute__in=(DIED, UNABLE, MOTHER_DIED))
    return claims.exclude(standing=Standing.REFUTED).order_by("id").values_list(*_SAID)
