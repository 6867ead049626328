"""The desks of guardian, mission, court, health, figures and data protection, and requests about a record,
in real Chromium in both languages and widths.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest
from chromium import LANGUAGES, WIDTHS, Visit

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from registered import AT, TODAY, committed, site
from returning import NATION, opened, tell
from small_lists import one_family

from amana.apps.accounts import teams
from amana.apps.accounts.viewers import installer
from amana.apps.consents.models import Dossier
from amana.apps.placements.queries import facilities
from amana.apps.registry.models import Person
from amana.casework import consular, record_requests, representatives

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db(transaction=True)
WHEN = {"at": AT, "on": TODAY}


@pytest.fixture
def at_work(cast: SimpleNamespace, committed: Callable[..., object]) -> SimpleNamespace:
    """A family: the mother has a counsel, a request that was answered, and a dossier on a desk that a mission
    answered; a second request waits.
    """
    committed(one_family())
    kept = [place.ref for place in facilities(cast.supervisor)]
    teams.place(user_id=cast.facility_manager.user_id, team=None, sites=kept, by=installer(), at=AT)
    ref = str(Person.objects.get(name_latin="Zarina Rahimova").ref)
    told = {"account": cast.guardian.user_id, "capacity": "counsel", "agreed": True, "appointed_on": TODAY}
    ground = "The mother asked her to be her counsel."
    number = representatives.ask(ref, ground=ground, named=True, **told, by=cast.caseworker, **WHEN)
    representatives.confirm(UUID(number), by=cast.supervisor, **WHEN)
    said = {"kind": "see", "asker": "person", "language": "ar", "words": "I want to hear what is written."}
    request = record_requests.take(ref, **said, by=cast.caseworker, **WHEN)
    answered = {
        "answer": "granted",
        "reasons": "It is read aloud to her in her language.",
        "complain": "To the monitor, any day.",
    }
    record_requests.answer(ref, UUID(request), **answered, by=cast.supervisor, **WHEN)
    waits = record_requests.take(ref, **said, by=cast.supervisor, **WHEN)
    opened(ref, cast)
    tell(ref, cast.caseworker, channel="desk")
    post = consular.name_consul(cast.consular_officer.user_id, NATION, by=cast.supervisor, **WHEN)
    consular.confirm_consul(UUID(post), by=cast.data_protection, **WHEN)
    dossier = str(Dossier.objects.get().id)
    consular.reply(cast.consular_officer, dossier, kind="confirmed", words="", **WHEN)
    return SimpleNamespace(ref=ref, request=request, waits=waits, dossier=dossier)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_desks_and_requests_hold_every_rule(
    visit_as: Callable[..., Visit], at_work: SimpleNamespace, lang: str
) -> None:
    case = f"/people/{at_work.ref}"
    pages = {
        "guardian": {"wards": "/wards/", "ward": f"/wards/{at_work.ref}/"},
        "caseworker": {
            "representatives": f"{case}/representatives/",
            "representative-ask": f"{case}/representatives/new/",
            "requests": f"{case}/requests/",
            "request-take": f"{case}/requests/new/",
            "request-answered": f"{case}/requests/{at_work.request}/",
            "request-waits": f"{case}/requests/{at_work.waits}/",
            "record": f"{case}/requests/record/",
            "mission-answers": f"{case}/answers/",
        },
        "consular_officer": {"dossiers": "/consular/", "dossier": f"/consular/{at_work.dossier}/"},
        "supervisor": {"missions": "/missions/"},
        "data_protection": {"desk-protection": "/desk/", "period": "/requests/period/"},
        "health_worker": {"desk-health": "/desk/"},
        "statistician": {"desk-figures": "/desk/"},
        "facility_manager": {"today-place": "/"},
    }
    for role, addresses in pages.items():
        visit = visit_as(role)
        for name, address in addresses.items():
            for width in WIDTHS:
                visit.check_page(address, lang, width, name)
