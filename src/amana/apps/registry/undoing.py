"""Taking a batch back: what stands in the way, and the removal of all it brought.

Found by walking the models of every app, so that a new table needs no entry here: a table with a `batch`
belongs to the batch it names; a table with `derived = True` is rebuilt from others and stands in nobody's
way; any other row that points at a record of the batch was made by somebody outside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps as installed
from django.db.models import ForeignKey, Model, Q

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.commands import erase_words
from amana.apps.audit.key_models import CaseKey
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.recording import Log
from amana.apps.registry.models import Batch, Family, Person

SHOWN = 25
IN_THE_CASE = "case"
"""The kind told in place of those that the reader isn't to know of."""
CLASS_OF: Final[Mapping[str, str]] = {
    "consent": "C5", "consularanswer": "C5", "determination": "C5", "disclosure": "C5", "dossier": "C5",
    "hold": "C5", "judicialdecision": "C8", "plannedmove": "C5", "plannedstep": "C5", "protectionclaim": "C5",
    "question": "C5", "recordrequest": "C5", "representative": "C4", "screening": "C5", "stayground": "C5",
    "urgentmove": "C5", "waiver": "C5",
}  # fmt: skip
"""The class of which the bare existence of a record tells, by its kind; the others tell of none that whoever
takes a list back doesn't see.
"""


@dataclass(frozen=True)
class Obstacle:
    """Records outside a batch that rest on it: their kind (a model's name), how many, and whom or what some
    of them concern.
    """

    kind: str
    count: int
    refs: tuple[str, ...]


def was_undone(batch: str) -> bool:
    """Whether the trail says that this batch was taken back."""
    return AuditEntry.objects.filter(subject=batch, kind="batch.undone").exists()


def obstacles(batch: str) -> tuple[Obstacle, ...]:
    """Everything outside the batch that refers to one of its records, and people changed since."""
    found: dict[str, tuple[int, set[str]]] = {}
    for model, field in _references():
        outside = model._default_manager.filter(**{f"{field.name}__batch": batch})
        if _has_batch(model):
            outside = outside.filter(Q(batch__isnull=True) | ~Q(batch=batch))
        count = outside.count()
        if count:
            subject = f"{field.name}__person" if _has_person(field.related_model) else field.name
            refs = {str(ref) for ref in outside.values_list(subject, flat=True)[:SHOWN]}
            before, seen = found.get(model._meta.model_name or "", (0, set()))
            found[model._meta.model_name or ""] = (max(before, count), seen | refs)
    changed = Person.objects.filter(batch=batch, version__gt=1)
    if not found and (count := changed.count()):
        found["person"] = (count, set(changed.values_list("ref", flat=True)[:SHOWN]))
    return tuple(
        Obstacle(kind, count, tuple(sorted(refs)[:SHOWN])) for kind, (count, refs) in sorted(found.items())
    )


def as_told(viewer: Viewer, found: Iterable[Obstacle]) -> tuple[Obstacle, ...]:
    """The same obstacles for a reader: kinds of a class that she doesn't read stand as one, so that she
    learns which cases to ask about and not what is in them.
    """
    told: list[Obstacle] = []
    closed: list[Obstacle] = []
    for each in found:
        cls = CLASS_OF.get(each.kind, "")
        (closed if cls and not viewer.reads(cls) else told).append(each)
    if closed:
        refs = sorted({ref for each in closed for ref in each.refs})[:SHOWN]
        told.append(Obstacle(IN_THE_CASE, sum(each.count for each in closed), tuple(refs)))
    return tuple(told)


def joined_families(batch: str) -> tuple[str, ...]:
    """Families of earlier batches that people of this batch belong to."""
    joined = Family.objects.filter(person__batch=batch).exclude(batch=batch)
    return tuple(joined.order_by("ref").values_list("ref", flat=True).distinct())


def remove(batch: str, log: Log) -> int:
    """Remove every record of the batch and the batch itself, and what the trail holds of its people in
    words; people removed.

    The trail's entries stay and still verify. To be called when nothing stands in the way.
    """
    of_batch = Person.objects.filter(batch=batch)
    people = of_batch.count()
    erase_words(of=of_batch.values("ref"), told_of=batch, reason="batch_undone", log=log)
    # What was sealed of them is unreadable from here on, in old copies of the write-ahead log too.
    CaseKey.objects.filter(Q(case=batch) | Q(case__in=of_batch.values("ref"))).delete()
    for model in _in_order_of_removal():
        if getattr(model, "derived", False):
            doomed = model._default_manager.filter(person__batch=batch)
        elif _has_batch(model):
            doomed = model._default_manager.filter(batch=batch)
        else:
            continue
        doomed._raw_delete(doomed.db)
    Batch.objects.filter(ref=batch).delete()
    return people


def _own_models() -> Iterator[type[Model]]:
    for config in installed.get_app_configs():
        if config.name.startswith("amana.apps."):
            yield from config.get_models()


def _foreign_keys(model: type[Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            yield field


def _references() -> Iterator[tuple[type[Model], Any]]:
    """(model, foreign key) of each reference to a batch's record, rebuilt tables left out."""
    for model in _own_models():
        for field in _foreign_keys(model):
            if _has_batch(field.related_model) and not getattr(model, "derived", False):
                yield model, field


def _has_batch(model: type[Model]) -> bool:
    return any(field.name == "batch" and field.related_model is Batch for field in _foreign_keys(model))


def _has_person(model: type[Model]) -> bool:
    return any(field.name == "person" for field in _foreign_keys(model))


def _in_order_of_removal() -> list[type[Model]]:
    """Own models, each before those it refers to; of two that refer to each other, whichever comes."""
    ordered: list[type[Model]] = []
    met: set[type[Model]] = set()

    def place(model: type[Model]) -> None:
        if model in met:
            return
        met.add(model)
        for field in _foreign_keys(model):
            place(field.related_model)
        ordered.append(model)

    for model in _own_models():
        place(model)
    return ordered[::-1]
