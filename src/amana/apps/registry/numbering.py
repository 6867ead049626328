"""Free references for new records: drawn at random, so that they tell nothing of order, date or person."""

from __future__ import annotations

import random
import secrets

from amana.apps.registry.matching import taken
from amana.apps.registry.models import Batch, Family, Person
from amana.core.reference import new_reference

_MODELS = {"P": Person, "F": Family, "B": Batch}


def draw(prefix: str, count: int) -> list[str]:
    """`count` different references of that prefix (P, F or B), none of them in use."""
    chance = random.Random(secrets.randbits(256))  # noqa: S311  (no secret: a reference opens nothing)
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        fresh = {new_reference(prefix, chance): None for _ in range(count - len(drawn))}
        for used in taken(fresh, _MODELS[prefix]):
            del fresh[used]
        drawn.update(fresh)
    return list(drawn)
