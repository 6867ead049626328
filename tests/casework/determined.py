"""Determinations of invented children: what a complete one says, and commands with less to type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from registered import AT, TODAY
from small_lists import one_family

from amana.apps.registry.models import Person
from amana.casework import determine
from amana.casework.determine import Option, PanelMember, View, Views

LATER = AT + timedelta(hours=1)
CANARY = "zahra-canary-7731"
"""Stands in every free text, so that a test can look where texts have gone."""
SAID = View(True, f"I want to stay with my mother. {CANARY}")
VIEWS = Views(SAID, View(True, f"She is my child. {CANARY}"), View(False, "", "unknown"))
PANEL = (
    PanelMember("child_protection", f"Nour Saleh {CANARY}"),
    PanelMember("psychology", "Omar Faris"),
    PanelMember("law", "Rana Aziz"),
)
OPTIONS = (
    Option("stays_with_mother", f"The bond is close. {CANARY}"),
    Option("kinship", f"An aunt was looked for. {CANARY}"),
    Option("state_home", f"Far from the mother. {CANARY}"),
)


def complete(**what: Any) -> dict[str, Any]:
    """All that a determination says; `what` says it otherwise."""
    return {
        "decides": "stays_with_mother",
        "panel": PANEL,
        "options": OPTIONS,
        "child_view": VIEWS.child,
        "mother_view": VIEWS.mother,
        "father_view": VIEWS.father,
        "evidence": (f"visit of 3 February {CANARY}",),
        "grounds": ("best_interests",),
        "reasons": f"Her mother cares for her well. {CANARY}",
        "citations": ("crc/3", "crc/9"),
        "decided_on": TODAY,
        "review_on": TODAY + timedelta(days=90),
        "appeal_route": f"the juvenile court {CANARY}",
        "appeal_until": TODAY + timedelta(days=30),
        "care_identified": True,
        "consulate": "mother_refused",
        **what,
    }


def separation(**what: Any) -> dict[str, Any]:
    """A complete determination that parts a child from the mother."""
    return complete(**{"decides": "separation", "place_kind": "family", "grounds": ("safety",), **what})


def acting(viewer: Any, on: date = TODAY) -> dict[str, Any]:
    """Who acts, when, and on which day of the office."""
    return {"by": viewer, "at": LATER, "on": on}


def assessed(person: str, viewer: Any, on: date = TODAY, **what: Any) -> str:
    """A complete assessment, recorded; its reference."""
    said = {
        "kind": "first",
        "done_on": on,
        "options": OPTIONS,
        "views": VIEWS,
        "findings": f"She sleeps badly at the site. {CANARY}",
        "recommendation": f"Leave her with her mother. {CANARY}",
        "review_on": on + timedelta(days=90),
        **what,
    }
    return determine.assess(person, **said, **acting(viewer, on))


def reported(person: str, viewer: Any, **what: Any) -> str:
    """What another body decided, with nothing but the body and the source; its reference."""
    said = {"body": f"the site's committee {CANARY}", "source": f"letter 12 {CANARY}", **what}
    return determine.record_reported(person, **said, **acting(viewer))


def judged(person: str, viewer: Any, kind: str = "charge", **what: Any) -> str:
    """A court's decision, recorded; its reference."""
    said = {
        "court": "Juvenile court",
        "number": "12/2018",
        "decided_on": date(2018, 2, 1),
        "summary": f"As the order says. {CANARY}",
        "source": f"copy of the order {CANARY}",
        **what,
    }
    return determine.record_judicial(person, kind=kind, **said, **acting(viewer))


@pytest.fixture
def family(committed: Callable[..., Any]) -> dict[str, str]:
    """First name -> reference: a mother of 30 and children of 2, 9, 16 and 16 who came with her."""
    committed(one_family())
    return {name.split()[0]: ref for name, ref in Person.objects.values_list("name_latin", "ref")}


@pytest.fixture
def ask(family: dict[str, str], caseworker: Any) -> Callable[..., str]:
    """`ask("Farid", decides=…)` asks for a determination as the caseworker; its reference."""

    def ask_for(name: str = "Farid", **what: Any) -> str:
        return determine.ask_determination(family[name], **complete(**what), **acting(caseworker))

    return ask_for


@pytest.fixture
def approved(ask: Callable[..., str], supervisor: Any) -> Callable[..., str]:
    """As `ask`, and the supervisor approves it."""

    def asked_and_approved(name: str = "Farid", **what: Any) -> str:
        ref = ask(name, **what)
        determine.approve(
            ref, reason=f"Well weighed by the panel. {CANARY}", seen_version=None, **acting(supervisor)
        )
        return ref

    return asked_and_approved
