"""The head of the page for paper: what stood on the day the record was made, not what stands today.

Whoever reads the signed paper later must not take a later answer, age or place for the one it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions import queries as decisions
from amana.apps.decisions.office_pack import office_pack, text_of
from amana.apps.determinations.answers import DeterminationView
from amana.apps.placements import queries as placements
from amana.web.case.head import Opened
from amana.web.clock import office_of, today_of
from amana.web.people.cards import place_of
from amana.web.people.marks import Mark, marks
from amana.web.people.names import Name
from amana.web.requests import OfficeRequest
from amana.wording.ages import age_in_words
from amana.wording.languages import pick


@dataclass(frozen=True)
class Paper:
    """The case on the day `day`: name, age, place, and what the protocol said; `printed` is today."""

    office: str
    ref: str
    name: Name
    other_name: Name | None
    born: str
    age: str
    where: str
    protocol: tuple[Mark, ...]
    day: str
    printed: str


def paper_of(request: OfficeRequest, case: Opened, each: DeterminationView) -> Paper:
    """The head of one record's paper."""
    office, head, day = office_of(request), case.head, each.decided_on or each.asked_on
    stay = placements.where(request.viewer, [each.person], day).get(each.person)
    birth = case.facts.birth if case.facts else None
    return Paper(
        office=pick({"en": office.name_en, "ar": office.name_ar}),
        ref=head.ref,
        name=head.name,
        other_name=head.other_name,
        born=head.born,
        age=age_in_words(birth, day, office_pack().leap_day),
        where=place_of(stay) or _("not recorded"),
        protocol=_protocol(request.viewer, each),
        day=day.isoformat(),
        printed=today_of(request).isoformat(),
    )


def _protocol(viewer: Viewer, each: DeterminationView) -> tuple[Mark, ...]:
    """What the protocol said when it was asked for, in the words of the law of that day."""
    stood = [one for one in decisions.history(viewer, each.person) if one.at <= each.asked_at]
    if not stood:
        return marks(None, office_pack())
    text = text_of(stood[0].pack_hash)
    return marks(stood[0], text.pack if text else office_pack())
