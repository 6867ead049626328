"""Canaries: in every text of a person's record that a class protects, a word that stands nowhere else.

Which columns hold words and which hold codes, days and numbers of fixed meaning is said here, column by
column; one that is neither is a fault. Who may meet a canary follows from the matrix as the specification
has it and from whose case it is; no page is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.apps import apps
from django.db import models

from amana.apps.audit.columns import declaration
from amana.apps.audit.sealing import SealedText

GUARDED: Final = frozenset(f"C{number}" for number in range(1, 10))
OF_FIXED_MEANING = (
    models.DateField, models.DateTimeField, models.BooleanField, models.UUIDField, models.ForeignKey,
)  # fmt: skip

CODES: Final = {
    "audit.CaseKey": "case", "registry.Claim": "attribute codes standing",
    "registry.KinLink": "role standing source",
    "registry.Person": "ref relation", "registry.Family": "ref", "registry.Batch": "facility_ref",
    "registry.ClaimReview": "standing_before standing_after", "registry.ListedRow": "identity messages",
    "audit.ReadSubject": "ref", "guards.Opening": "ref", "guards.GivenReason": "ref",
    "consents.Consent": "nation purpose giver", "consents.Screening": "nation said",
    "consents.ProtectionClaim": "nation said", "consents.Hold": "nation", "consents.Dossier": "nation step",
    "consents.ConsularAnswer": "nation", "consents.PlannedStep": "nation step state",
    "consents.Disclosure": "nation step channel",
    "decisions.FactsRow": "sex nationality invalid",
    "decisions.Decision": "facts outcome possible next_from next_to next_cause review",
    "determinations.Determination": "ref kind stage state decides effect place_kind stance "
    "options_considered child_heard mother_heard father_heard grounds consulate label_used",
    "determinations.Approval": "step", "determinations.Appeal": "lodged_by outcome body",
    "determinations.JudicialDecision": "ref kind",
    "placements.PlannedMove": "ref grounds consulate apart_reason state",
    "placements.UrgentMove": "ref ground with_family review",
    "placements.StayGround": "grounds decided_by consulate apart_reason",
    "placements.Facility": "ref kind",
    "oversight.Finding": "safeguard verdict ended possible facility", "oversight.Waiver": "safeguard verdict",
    "oversight.Question": "safeguard verdict", "oversight.Sweep": "after", "tasks.Task": "kind source",
    "exports.Export": "filters", "record_requests.RecordRequest": "kind asker",
    "representatives.Representative": "capacity", "contacts.Contact": "blind",
    "retention.RetentionHold": "of_class",
}  # fmt: skip
"""Model -> columns of codes, references and numbers of fixed meaning. Who may meet those is a matter of
tests/web/test_withheld.py and test_whose_records.py, which compare pages with and without them.
"""

LATER: Final = {
    "audit.AuditPayload": "body", "audit.ReadPayload": "body",
    "exports.Export": "reason", "exports.ExportApproval": "reason",
    "retention.RetentionHold": "ground", "retention.Erasure": "words decided_words",
    "consents.Disclosure": "recipient", "allegations.Sealing": "content",
    "attachments.Attachment": "about words withdrawn_why", "registry.Claim": "sealed",
    "determinations.Determination": "citations",
    "registry.ListedRow": "sealed",
}  # fmt: skip
"""Model -> columns of words that aren't written row by row here: files of people stand in no office before
one is asked for, erasures hold nobody of this office, and what is sealed of health is told as a yes or no.
Citations name sources of the law. What stands in envelopes, in papers and in the trail is planted by the
commands that write it (`planted_by_hand`).
"""

FILLED: Final[dict[str, dict[str, Any]]] = {
    "consents.ConsularAnswer": {"judged": {"judgement": "noted", "reason": "Their word alone."}},
    "determinations.Appeal": {"reasons": "Heard anew."},
    "determinations.Determination": {
        "father_view": "He agrees.", "evidence": ["A letter."], "appeal_route": "To the court.",
    },
    "placements.PlannedMove": {"closing_reason": "Overtaken."},
    "placements.UrgentMove": {"review_reason": "It was needed.", "ended_reason": "It is over."},
    "oversight.Waiver": {"ended_reason": "A place was found."},
    "record_requests.RecordRequest": {"handed": {"way": "aloud", "note": "She heard it all."}},
    "representatives.Representative": {"answer_reason": "Papers seen.", "end_reason": "Named anew."},
    "registry.Assignment": {"purpose": "A hearing.", "reason": "It is over."},
    "retention.RetentionHold": {"end_words": "It is decided."},
}  # fmt: skip
"""Model -> column -> what stands there where the office left it empty, so that every row has its canary."""

CLAIMED: Final = {
    "nationality": "C3", "relation": "C4", "mother": "C4", "father": "C4", "mother_died": "C4",
    "unable_to_care": "C4", "pregnant": "C7",
}  # fmt: skip
"""What is claimed -> its class; all else is identity."""

FACTS: Final = {"nationality": "C3", "mother_present": "C4"}


@dataclass(frozen=True)
class Canary:
    """One word: what it stands in, its class, and whose it is (None: of no one person)."""

    word: str
    column: str
    cls: str
    person: str | None


def guarded_columns() -> Iterator[tuple[str, str, Any]]:
    """Model, column and field of everything of a guarded class that may hold words."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            declared = declaration(field)
            if declared is None or declared.cls not in GUARDED:
                continue
            if isinstance(field, SealedText) or not isinstance(field, OF_FIXED_MEANING):
                yield model._meta.label, field.name, field


def words_columns(model: str) -> list[str]:
    """The columns of a model that hold words and get a canary."""
    apart = {*CODES.get(model, "").split(), *LATER.get(model, "").split()}
    return [name for label, name, _ in guarded_columns() if label == model and name not in apart]


@dataclass(frozen=True)
class Spot:
    """Where a word stands: column, class and person as of a `Canary`."""

    column: str
    cls: str
    person: str | None


class Planter:
    """Gives every word a number of its own."""

    def __init__(self) -> None:
        self.planted: list[Canary] = []

    def new(self, spot: Spot) -> str:
        """A word of letters alone, so that no escaping, folding or case changes it past recognition."""
        number, letters = len(self.planted), ""
        for _ in range(5):
            number, at = divmod(number, 20)
            letters = "bcdfghjklmnpqrstvwxz"[at] + letters
        word = f"zq{letters}"
        self.planted.append(Canary(word, spot.column, spot.cls, spot.person))
        return word


def plant(whose: Callable[[Any], str | None], planter: Planter) -> None:
    """Write a canary into every word of every row; `whose` tells the person of a row. Inside `recording`."""
    for label in dict.fromkeys(label for label, _, _ in guarded_columns()):
        model = apps.get_model(label)
        for row in model._base_manager.all():
            person, changed = whose(row), {}
            for name in words_columns(label):
                field: Any = model._meta.get_field(name)
                value = getattr(row, field.attname)
                if value in (None, "", [], {}):
                    value = FILLED.get(label, {}).get(name)
                if value in (None, "", [], {}):
                    continue
                spot = Spot(f"{label}.{name}", _class(row, f"{label}.{name}", field), person)
                told = _told(planter, spot, value)
                changed[name] = field.sealed(row, told) if isinstance(field, SealedText) else told
            if label == "registry.Person":
                changed["folded"] = " " + " ".join(
                    filter(None, (changed.get("name_latin"), changed.get("name_ar")))
                )
            if changed:
                model._base_manager.filter(pk=row.pk).update(**changed)


def _class(row: Any, column: str, field: Any) -> str:
    declared = declaration(field)
    if column.startswith("registry.Claim."):
        return CLAIMED.get(row.attribute, "C1")
    return declared.cls if declared else ""


def _told(planter: Planter, spot: Spot, value: Any) -> Any:
    if spot.column == "decisions.FactsRow.evidence":
        return {fact: {**each, "stated": planter.new(_of_fact(spot, fact))} for fact, each in value.items()}
    if spot.column in ("registry.Claim.source", "placements.Stay.source"):
        kind = value.partition(":")[0]
        return f"{kind}:{planter.new(spot)}" if kind != "list" else value
    return _leaves(planter, spot, value)


def _of_fact(spot: Spot, fact: str) -> Spot:
    return replace(spot, column=f"{spot.column}.{fact}", cls=FACTS.get(fact, "C1"))


def _leaves(planter: Planter, spot: Spot, value: Any) -> Any:
    """The value with a canary for each text of it; of what is structured only for sentences and names."""
    if isinstance(value, dict):
        sheet = spot.column == "registry.ListedRow.original"
        return {
            key: planter.new(spot) if sheet else _inside(planter, spot, each) for key, each in value.items()
        }
    if isinstance(value, list):
        return [_inside(planter, spot, each) for each in value]
    return planter.new(spot)


def _inside(planter: Planter, spot: Spot, value: Any) -> Any:
    if isinstance(value, dict | list):
        return _leaves(planter, spot, value)
    return planter.new(spot) if isinstance(value, str) and " " in value.strip() else value


SEARCHED: Final = ("registry.Person.name_latin", "registry.Person.name_ar")
"""What the search box looks in."""
