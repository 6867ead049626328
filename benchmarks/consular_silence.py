"""Whether the clock tells a consul what he may not know: three answers of his desk, interleaved.

`python benchmarks/consular_silence.py [ROUNDS]`. A fresh office and one family, of whom the mother's dossier
lies on the desk of one country and a child's is released and laid nowhere. The officer of a second country
asks ROUNDS times (300) in turn for a number that nobody has, for the one that is laid nowhere and for the
other country's. Prints medians and quarters of the wall clock in milliseconds, and fails where two medians
differ by more than 5 % and more than 2 ms (trust principles).
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from pathlib import Path
from statistics import median, quantiles
from types import SimpleNamespace
from uuid import UUID, uuid4

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS / "casework"))


def prepare() -> tuple[object, dict[str, str]]:
    """The office, and the three addresses."""
    sys.path.insert(0, str(TESTS))
    people_of_tests = import_module("conftest")  # it prepares a home of its own, before anything else
    from django.core.management import call_command
    from registered import AT, TODAY
    from returning import opened, tell
    from small_lists import SENDER, one_family

    from amana.apps.consents.models import Dossier
    from amana.apps.placements.commands import add_facility
    from amana.apps.registry.models import Person
    from amana.casework import consular, intake

    for database in ("default", "operations"):
        call_command("migrate", database=database, verbosity=0)
    people_of_tests._open_office()
    cast = SimpleNamespace(**people_of_tests._add_cast())
    site = add_facility(name_en="Site", name_ar="", kind="detention", by=cast.registrar, at=AT)
    intake.commit(one_family(), facility=site, sender=SENDER, by=cast.registrar, at=AT, on=TODAY)
    people = {
        name: str(Person.objects.get(name_latin=name).ref) for name in ("Zarina Rahimova", "Farid Rahimov")
    }
    opened(people["Zarina Rahimova"], cast)
    opened(people["Farid Rahimov"], cast, child=True)
    tell(people["Zarina Rahimova"], cast.caseworker, channel="desk")
    officer = cast.consular_officer
    post = consular.name_consul(officer.user_id, "UZB", by=cast.supervisor, at=AT, on=TODAY)
    consular.confirm_consul(UUID(post), by=cast.data_protection, at=AT, on=TODAY)
    of = dict(Dossier.objects.values_list("person", "id"))
    return officer, {
        "unknown": f"/consular/{uuid4()}/",
        "not laid there": f"/consular/{of[people['Farid Rahimov']]}/",
        "another country's": f"/consular/{of[people['Zarina Rahimova']]}/",
    }


def main() -> None:
    """Ask in turn, and compare."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    officer, addresses = prepare()
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(get_user_model().objects.get(pk=officer.user_id))  # type: ignore[attr-defined]
    assert client.get("/consular/").status_code == 200, "the officer has no desk, so nothing is compared"
    taken: dict[str, list[float]] = {name: [] for name in addresses}
    names = list(addresses)
    for turn in range(-10, rounds):
        for name in names[turn % 3 :] + names[: turn % 3]:
            begun = time.perf_counter()
            answer = client.get(addresses[name])
            if turn >= 0:
                taken[name].append((time.perf_counter() - begun) * 1000)
            assert answer.status_code == 404
    for name, each in taken.items():
        first, middle, third = quantiles(each, n=4)
        print(f"{name:20}{middle:9.2f} ms   quarters {first:.2f} to {third:.2f}")
    middles = [median(each) for each in taken.values()]
    apart = max(middles) - min(middles)
    print(f"medians apart: {apart:.2f} ms, {100 * apart / min(middles):.1f} %")
    sys.exit(0 if apart <= max(2.0, 0.05 * min(middles)) else "They differ by more than 5 % and 2 ms.")


if __name__ == "__main__":
    main()
