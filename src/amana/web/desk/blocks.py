"""What stands on the desk of each role: who was referred to her, what waits for her, and what this office
doesn't hold. Refuses to stand in for records that there are none of: it says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from amana.apps.accounts import custody
from amana.apps.accounts import queries as accounts
from amana.apps.accounts.viewers import Viewer
from amana.apps.consents import desk
from amana.apps.record_requests import queries as requests
from amana.apps.registry import caseloads
from amana.apps.registry import queries as registry
from amana.apps.registry.headcount import in_tens
from amana.core.policy import Pack
from amana.web.people.cards import Card, cards
from amana.web.people.marks import Mark
from amana.wording.languages import listed
from amana.wording.withheld import CLASS_WORDS

SHOWN = 25


@dataclass(frozen=True)
class Referred:
    """Somebody referred to the viewer: her card, what of her is open and until when, and why."""

    card: Card
    classes: str
    until: str
    purpose: str


@dataclass(frozen=True)
class Row:
    """One line: what, how much or where it stands, and where it is done."""

    words: str
    mark: Mark
    address: str = ""


@dataclass(frozen=True)
class Block:
    """One part of a desk. `none` is said where there is neither a row nor anybody; `note` below both."""

    id: str
    title: str
    rows: tuple[Row, ...] = ()
    people: tuple[Referred, ...] = ()
    none: str = ""
    note: str = ""
    more: str = ""


def blocks(viewer: Viewer, on: date, pack: Pack) -> tuple[Block, ...]:
    """The parts of this viewer's desk."""
    return tuple(DESKS.get(viewer.role, _nothing)(viewer, on, pack))


def _nothing(_viewer: Viewer, _on: date, _pack: Pack) -> Iterator[Block]:
    yield from ()


def _court(viewer: Viewer, on: date, pack: Pack) -> Iterator[Block]:
    yield _referred(viewer, on, pack)
    yield Block(
        "hearings",
        _("Hearings and orders"),
        none=_("This office keeps no calendar of hearings and no bundles for a court."),
        note=_("What a court decided stands with the case: whoever holds it records the paper you bring."),
    )


def _health(viewer: Viewer, on: date, pack: Pack) -> Iterator[Block]:
    yield _referred(viewer, on, pack)
    yield Block(
        "key",
        _("Your key"),
        rows=(_key(viewer),),
        note=_("What is told of ill-treatment is sealed to keys like yours. The office can't read it."),
    )
    yield Block(
        "care",
        _("Care"),
        none=_("This office keeps no health file. What you write down stays with you."),
        note=_("Of a person you see what was referred to you, and a pregnancy as a mark."),
    )


def _figures(viewer: Viewer, _on: date, _pack: Pack) -> Iterator[Block]:
    told = in_tens(viewer)
    count = Mark("", _("at least %(n)s") % {"n": told}, "person") if told else Mark("", _("fewer than ten"))
    yield Block(
        "count",
        _("People registered"),
        rows=(Row(_("In all, told in tens"), count),),
        note=_(
            "No group of fewer than ten is told, and nothing that two days' figures would tell of one person."
        ),
    )
    yield Block(
        "tables",
        _("Tables"),
        none=_("No table has been published. This office draws none yet that would keep everybody hidden."),
    )


def _protection(viewer: Viewer, on: date, _pack: Pack) -> Iterator[Block]:
    waits, period = requests.waiting(viewer, on), requests.period(on)
    days = Mark("ok", str(period.days), "clock") if period else Mark("unk", _("not known"), "unknown")
    rows = (
        Row(_("Requests that wait"), _count(waits.open, "due")),
        Row(_("Requests that are late"), _count(waits.late, "breach")),
        Row(_("Requests without a last day, since no period was known"), _count(waits.no_day, "unk")),
        Row(_("Answered in the last 30 days"), _count(waits.answered_lately, "ok")),
        Row(_("Days within which one is answered"), days, reverse("requests:period-set")),
    )
    yield Block(
        "requests",
        _("Requests about one's own record"),
        rows=rows,
        note=_("Counts of the whole office. Of whom a request is, only who works on the case knows."),
    )
    seats = sum(1 for each in desk.posts(viewer) if not each.confirmed_on and not each.ended_on)
    grants = len(accounts.requested(viewer))
    keys = sum(1 for each in custody.holders(viewer) if not each.confirmed_at and not each.withdrawn_at)
    yield Block(
        "second",
        _("What waits for a second person"),
        rows=(
            Row(_("Accounts to confirm"), _count(grants, "due"), reverse("administration:grant-list")),
            Row(_("Keys to confirm"), _count(keys, "due"), reverse("keys:holder-list")),
            Row(_("Consular officers to confirm"), _count(seats, "due"), reverse("missions:post-waiting")),
        ),
    )


DESKS: Mapping[str, Callable[[Viewer, date, Pack], Iterator[Block]]] = {
    "court_liaison": _court,
    "health_worker": _health,
    "statistician": _figures,
    "data_protection": _protection,
}
"""Role -> what stands on its desk."""


def _count(number: int, kind: str) -> Mark:
    return Mark(kind if number else "", str(number), "clock" if number and kind != "ok" else "check")


def _key(viewer: Viewer) -> Row:
    own = [
        each for each in custody.holders(viewer) if each.account == viewer.audit_id and not each.withdrawn_at
    ]
    address = reverse("keys:holder-list")
    if not own:
        return Row(
            _("You have offered no key"), Mark("due", _("nothing can be sealed to you"), "warn"), address
        )
    if any(each.counts for each in own):
        return Row(_("Your key is confirmed"), Mark("ok", _("in use"), "check"), address)
    return Row(_("Your key waits for a second person"), Mark("due", _("waits"), "clock"), address)


def _referred(viewer: Viewer, on: date, pack: Pack) -> Block:
    """Whoever is referred to the viewer, the first by name."""
    page = registry.people(viewer, on=on, limit=SHOWN)
    shown = cards(viewer, page.rows, on, pack)
    return Block(
        "referred",
        _("Referred to you"),
        people=tuple(_one(viewer, card) for card in shown),
        none=_("Nobody is referred to you. Whoever holds a case refers it, in part and until a day."),
        more=reverse("people:person-list") if page.after else "",
    )


def _one(viewer: Viewer, card: Card) -> Referred:
    """The last standing referral of a person to the viewer; a case may be in reach by another way as well."""
    standing = (
        each
        for each in caseloads.assignments(viewer, card.ref)
        if each.kind == "referral" and each.official == viewer.user_id and each.ended_on is None
    )
    it = next(standing, None)
    if it is None:
        return Referred(card, "", "", "")
    opened = listed(_(CLASS_WORDS[cls]) for cls in it.classes)
    return Referred(card, opened, it.until.isoformat() if it.until else "", it.purpose or "")
