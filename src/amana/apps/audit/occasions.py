"""The occasions the stored columns give: one for every column of every app, with what its declaration says.

For the safeguard that no child is scored or ranked: a column whose name scores, ranks or rates is shown as a
breach wherever it speaks of a person. Judged by its name, so that it is found before anything is kept in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.apps import apps as installed

from amana.apps.audit.columns import Kept, declared_columns
from amana.core.safeguards import Occasion

KINDS = ("field",)

ABOUT_NOBODY = frozenset({"system", "C10"})
"""Classes of columns that make no statement about a person: the software's own, and aggregates."""

STEMS = (
    "affiliat", "allegian", "blacklist", "clearance", "combatant", "danger", "extremis", "fighter", "grade",
    "ideolog", "isil", "isis", "daesh", "level", "likelihood", "loyal", "membership", "militan", "predict",
    "priorit", "probabil", "radical", "rank", "rating", "risk", "score", "scoring", "severity", "suspect",
    "suspicio", "sympathi", "terror", "threat", "vetting", "wanted", "watchlist",
)  # fmt: skip
"""How words begin that a column which rates a person is named by: those that no list may bring in (the
refused headings of the international pack) and those of a computed score. English, as columns are named.
"""

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def provide(refs: Sequence[str], on: date) -> Iterable[Occasion]:
    """One occasion for each stored column; people and day make no difference."""
    return [_occasion(name, kept) for name, kept in sorted(_columns(), key=lambda each: each[0])]


def names_risk(column: str) -> bool:
    """Whether a column's name scores or ranks: one of its words does, wherever the words are joined.

    >>> names_risk("registry.Person.risk_score"), names_risk("registry.Person.riskScore")
    (True, True)
    >>> names_risk("registry.Person.folded")
    False
    """
    field = column.rpartition(".")[2]
    return any(word.lower().startswith(STEMS) for word in _WORDS.findall(field))


def _occasion(name: str, kept: Kept | None) -> Occasion:
    about_person = kept is None or kept.cls not in ABOUT_NOBODY or _row_of_a_person(name)
    return Occasion(
        kind="field",
        person="",
        key=f"field:{name}",
        values={"names_risk": names_risk(name), "about_person": about_person},
    )


def _row_of_a_person(column: str) -> bool:
    """Whether the row that a column stands in is one of a person: then it speaks of that person, whatever
    class its declaration names.
    """
    app, model, _field = column.split(".")
    fields = installed.get_model(app, model)._meta.get_fields()
    related = {each.related_model for each in fields if each.many_to_one or each.one_to_one}
    return model == "Person" or any(getattr(each, "__name__", "") == "Person" for each in related)


def _columns() -> Iterator[tuple[str, Kept | None]]:
    """Every column of our own apps, with its declaration."""
    for config in installed.get_app_configs():
        if config.name.startswith("amana.apps."):
            yield from declared_columns(config.get_models(include_auto_created=True))
