"""No row of the register is written without the trail, whichever door Django offers; nothing in src tries."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from small_family import settle

import amana
from amana.apps.audit.records import Record, WriteOutsideCommand

SOURCE = Path(amana.__file__).parent
RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]
MANAGERS: dict[str, Callable[[type[models.Model]], Any]] = {
    "default manager": lambda model: model._default_manager,
    "base manager": lambda model: model._base_manager,
    "union": lambda model: model._base_manager.filter(pk__in=[]),
}
WAYS: dict[str, Callable[[Any], object]] = {
    "update": lambda found: found.update(pk=None),
    "delete": lambda found: found.all().delete(),
    "bulk_create": lambda found: found.bulk_create([]),
    "bulk_update": lambda found: found.bulk_update([], ["pk"]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("manager", MANAGERS)
def test_no_manager_of_any_record_writes_outside_a_command(manager: str, way: str) -> None:
    for model in RECORDS:
        with pytest.raises(WriteOutsideCommand):
            WAYS[way](MANAGERS[manager](model))


def test_relations_write_inside_commands_only(cast: SimpleNamespace) -> None:
    settled = settle(cast.registrar)
    person = apps.get_model("registry", "Person").objects.get(ref=settled.yusuf)
    other = apps.get_model("registry", "Person").objects.get(ref=settled.idris)
    for write in (
        lambda: other.family.person_set.add(person),
        lambda: other.family.person_set.update(name_latin="Another"),
        lambda: other.family.person_set.create(ref="P-222222"),
        other.family.person_set.clear,
        lambda: person.claim_set.all().delete(),
        person.facts.delete,
    ):
        with pytest.raises(WriteOutsideCommand):
            write()
    person.refresh_from_db()
    assert person.family_id != other.family_id and person.name_latin == "Yusuf Rashidov"


def test_no_layer_above_the_apps_names_a_manager_and_no_query_module_writes() -> None:
    managers = re.compile(r"(?:\b[A-Z]\w*\.objects|\._default_manager|\._base_manager)\b")
    writes = re.compile(r"\.objects\.(?:\w*create\w*)\(|\)\.(?:update|delete|_raw_delete)\(")
    readers = {"queries.py", "facts.py", "answers.py", "people.py", "people_filters.py", "filters.py"}
    strays = []
    for path in SOURCE.rglob("*.py"):
        in_apps, text = path.is_relative_to(SOURCE / "apps"), path.read_text("utf-8")
        if managers.search(text) and not in_apps:
            strays.append(f"{path.name} names a manager")
        if in_apps and path.name in readers and writes.search(text):
            strays.append(f"{path.name} writes")
    assert strays == []
