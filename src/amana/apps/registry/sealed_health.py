"""What a list says of pregnancies, sealed on its way into the register.

A claim of such an attribute keeps its flag and its words sealed under the key of the person's case, a listed
row its cells under a key of the list. Works on columns as they are inserted, some thousands at a time, so
that keys are asked for together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from amana.apps.audit.sealing import seal_many
from amana.apps.registry.models import Claim, ListedRow

ATTRIBUTES: Final = frozenset({"pregnant"})
"""Attributes of claims whose value is of class C7."""
AT_ONCE = 5000


def said_of(flag: bool | None, stated: str) -> dict[str, Any]:
    """What is sealed of a claim."""
    return {"flag": flag, "stated": stated}


def seal_claims(claims: Iterable[Any]) -> Iterator[Any]:
    """New claims with what is health sealed: flag and words are empty in the columns."""
    for some in _some(claims):
        health = [claim for claim in some if claim.attribute in ATTRIBUTES]
        sealed = iter(
            seal_many("sealed", [(_claim(each), said_of(each.flag, each.stated)) for each in health])
        )
        for claim in some:
            if claim.attribute in ATTRIBUTES:
                yield claim._replace(flag=None, stated="", sealed=next(sealed))
            else:
                yield claim


def seal_rows(rows: Iterable[Any]) -> Iterator[Any]:
    """New listed rows; `sealed` holds the cells to seal, or None."""
    for some in _some(rows):
        sealed = seal_many("sealed", [(_row(each), each.sealed) for each in some])
        yield from (row._replace(sealed=cells) for row, cells in zip(some, sealed, strict=True))


def _claim(new: Any) -> Claim:
    return Claim(person_id=new.person_id, attribute=new.attribute, source=new.source, on=new.on)


def _row(new: Any) -> ListedRow:
    return ListedRow(batch_id=new.batch_id, number=new.number, identity=new.identity)


def _some(all_of_them: Iterable[Any]) -> Iterator[Sequence[Any]]:
    source = iter(all_of_them)
    while some := list(islice(source, AT_ONCE)):
        yield some
