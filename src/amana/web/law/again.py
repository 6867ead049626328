"""A proposal put forward again: one of its changes back in the form, the others beside it, and the earlier
proposal withdrawn once the new one is stored.

What waits between the pages stands in the session and holds no person's data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from amana.apps.decisions.law_queries import ProposalView
from amana.apps.decisions.proposing import edit_of, plain_edit
from amana.core.policy.editing.edits import Edit
from amana.web.law.change_base import NEW_TEXT
from amana.web.law.sentences import ANEW, KEEP, field_named
from amana.web.law.subjects import END, EVENT, NEW_RULE, PARAMETER, RULE
from amana.web.requests import OfficeRequest

SO_FAR: Final = "law_changes"
"""Key of the session: the changes said so far, as plain data."""
AGAIN: Final = "law_again"
"""Key of the session: the proposal that is put forward again, and the change that is back in the form."""
KINDS: Final = {"parameter": PARAMETER, "rule_replaced": RULE, "rule_ended": END, "event": EVENT}


@dataclass(frozen=True)
class Again:
    """The earlier proposal and the change of it that is corrected."""

    ref: str
    title: str
    why: str
    edit: Edit

    @property
    def subject(self) -> str:
        """How an address names what the change is about."""
        return NEW_RULE if self.edit.kind == "rule_added" else f"{KINDS[self.edit.kind]}:{self.edit.target}"


def begin(request: OfficeRequest, proposal: ProposalView, place: int) -> Again:
    """Keep the other changes as said so far, and the one at that place to be corrected."""
    edits = list(proposal.edits)
    edit = edits.pop(place)
    request.session[SO_FAR] = [plain_edit(each) for each in edits]
    told = {"ref": proposal.ref, "title": proposal.title, "why": proposal.reason, "edit": plain_edit(edit)}
    request.session[AGAIN] = told
    return Again(proposal.ref, proposal.title, proposal.reason, edit)


def waiting(request: OfficeRequest) -> Again | None:
    """The proposal that is being put forward again, if one is."""
    told = request.session.get(AGAIN)
    return Again(told["ref"], told["title"], told["why"], edit_of(told["edit"])) if told else None


def drop(request: OfficeRequest) -> None:
    """Forget what was said so far."""
    for key in (SO_FAR, AGAIN):
        request.session.pop(key, None)


def initial_of(again: Again) -> dict[str, Any]:
    """What the form of the change begins with."""
    content = again.edit.content
    plain = ("source", "on", "standing", "where_read", "when", "outcome", "modality", "exception_to")
    initial = {key: content[key] for key in plain if key in content}
    initial |= {"title": again.title, "why": again.why, "from_day": again.edit.from_}
    value = content.get("value")
    initial["value"] = ", ".join(value) if isinstance(value, list) else value
    initial["rule_id"] = content.get("id", "")
    initial |= _both("reading", content.get("reading")) | _both("reason", content.get("reason"))
    for gap in (content.get("gaps") or ())[:1]:
        initial |= {"gap_when": gap.get("when"), **_both("gap_title", gap.get("title"))}
    if text := content.get("instrument"):
        initial |= {"source": NEW_TEXT, **_both("text_title", text.get("title"))}
        initial |= {f"text_{key}": text.get(key) for key in ("weight", "standing")}
        initial["text_where"] = text.get("where_read")
    for key, texts in (content.get("texts") or {}).items():
        initial |= {field_named(key): ANEW, **_both(field_named(key), texts)}
    return initial | {field_named(key): KEEP for key in content.get("confirmed") or ()}


def _both(name: str, texts: Mapping[str, str] | None) -> dict[str, str]:
    return {f"{name}_{language}": text for language, text in (texts or {}).items()}
