"""What intake says in codes, in words: fields, reasons, steps of work, refusals, findings in rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from amana.casework.listing import REFUSAL, SENTENCES
from amana.exchange.sheet_limits import REFUSALS


def field_words() -> dict[str, str]:
    """What a column may be taken as, in the order offered."""
    return {
        "name": _("name"),
        "name_ar": _("name, Arabic script"),
        "name_latin": _("name, Latin script"),
        "name_given": _("given name"),
        "name_father": _("father's name"),
        "name_grandfather": _("grandfather's name"),
        "name_last": _("family name or nisba"),
        "relation": _("relation in the family"),
        "sex": _("sex"),
        "birth": _("birth date"),
        "age": _("age"),
        "nationality": _("nationality (several allowed)"),
        "pregnant": _("pregnant"),
        "arrived": _("day of arrival"),
        "family": _("family"),
        "number": _("number in the list"),
        "remarks": _("remarks, kept as written"),
        "other": _("not read, kept as written"),
    }


def sex_words(sex: str) -> str:
    """The sex as read; empty where it was not."""
    return {"male": _("male"), "female": _("female")}.get(sex, sex)


def reason_words(reason: str, sure: bool) -> str:
    """Why a column was taken so."""
    words = {
        "heading": _("heading known") if sure else _("heading looks like it"),
        "values": _("by its values"),
        "mapping": _("as corrected for this sender"),
        "refused": _("refused"),
        "none": _("nothing fits"),
    }
    return words.get(reason, reason)


def refusal_words() -> str:
    """Why a column that rates people is not read."""
    return _(REFUSAL)


def finding_words(code: str) -> str:
    """One finding in a row, with the mend."""
    return _(SENTENCES[code]) if code in SENTENCES else code


def step_words(step: str) -> str:
    """What the work is at."""
    words = {
        "read": _("Reading the list"),
        "register": _("Registering people"),
        "decide": _("Deciding under the law in force"),
        "finish": _("Finishing"),
        "undo": _("Taking the batch back"),
    }
    return words.get(step, _("Waiting for its turn"))


def failure_words(result: Mapping[str, Any]) -> tuple[str, str]:
    """What went wrong with a piece of work, and what to do."""
    key = str(result.get("message", ""))
    if key in REFUSALS:
        wrong, mend = REFUSALS[key]
        return _(wrong), _(mend)
    known = _failures()
    return known.get(key) or known["broken"]


def _failures() -> dict[str, tuple[str, str]]:
    return {
        "no_list_found": (
            _("No sheet of this file reads as a list of people."),
            _("Send the list with its row of headings, such as name, date of birth, nationality."),
        ),
        "bad_mapping": (
            _("The columns can't be taken as you said."),
            _("Upload the file again and change one column at a time; a refused column stays refused."),
        ),
        "not_staged": (_("The list is no longer kept."), _("Upload the file again.")),
        "intake_refused": (
            _("The list can't be committed without its sender and the place of its people."),
            _("Upload the file again and fill in both."),
        ),
        "not_fit": (
            _("This office isn't fit to take in lists yet."),
            _("Ask whoever runs this office: “amana doctor --live” names each condition and its mend."),
        ),
        "law_changed": (
            _("Another text of law was adopted meanwhile."),
            _("Nothing is left to do: everybody is decided anew under that one."),
        ),
        "not_for_you": (_("Your role no longer brings in lists."), _("Ask the administrator.")),
        "account_closed": (_("The account that asked for this is closed."), _("Ask the administrator.")),
        "worker_died": (
            _("The work was begun three times and never came to an end. Nothing was committed."),
            _("Tell the administrator; upload the file again once the cause is found."),
        ),
        "broken": (
            _("Something broke on our side. Nothing was committed."),
            _("Try once more; if it happens again, tell the administrator."),
        ),
    }


def obstacle_words(kind: str, count: int) -> str:
    """What rests on a batch and keeps it from being taken back."""
    words = {
        "claim": _("claims added since"),
        "claimreview": _("judgements on its claims"),
        "kinlink": _("parent links with people of other batches"),
        "stay": _("stays recorded since"),
        "attachment": _("papers kept since"),
        "contact": _("contacts added since"),
        "determination": _("determinations and assessments made since"),
        "judicialdecision": _("court decisions recorded since"),
        "plannedmove": _("moves planned since"),
        "urgentmove": _("urgent protective moves made since"),
        "stayground": _("grounds of stays recorded since"),
        "representative": _("guardians and counsel who stand by somebody, or were asked for"),
        "recordrequest": _("requests to see or correct the record, or objections"),
        "consent": _("consents and refusals taken since"),
        "screening": _("screenings for protection made since"),
        "protectionclaim": _("claims of protection recorded since"),
        "hold": _("holds on a return"),
        "dossier": _("dossiers for a mission"),
        "disclosure": _("disclosures to a mission"),
        "consularanswer": _("answers of a mission"),
        "plannedstep": _("steps of a return planned since"),
        "question": _("questions of the monitor"),
        "waiver": _("waivers given since"),
        "assignment": _("cases handed on or referred since"),
        "listedrow": _("rows of other lists"),
        "case": _("records of the case that your role does not see; ask whoever holds it"),
        "decision": _("decisions taken since"),
        "person": _("people of other batches"),
        "family": _("families of other batches"),
        "retentionhold": _("records that must stay"),
        "erasure": _("records that must stay"),
    }
    named = words.get(kind.replace("_", "").lower(), kind)
    return _("%(count)s: %(kind)s") % {"count": count, "kind": named}
