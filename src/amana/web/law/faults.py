"""Puts what the engine finds wrong with a change beside the field of the form that it speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amana.core.policy.editing.edits import EditFault
from amana.web.law.change_base import ChangeForm
from amana.web.law.fault_words import fault_in_words

FIELDS = {
    "from_": "from_day",
    "id": "rule_id",
    "target": "rule_id",
    "reason": "reason_en",
    "reading": "reading_en",
    "instrument": "text_title_en",
    "gaps": "gap_when",
}
"""Key of an edit -> field of the form, where the two are not called alike."""


def place_faults(form: ChangeForm, faults: Iterable[EditFault]) -> None:
    """Each fault with its mend at its field; at the top where the form has no such field."""
    for fault in faults:
        named = FIELDS.get(fault.field, fault.field)
        reason, mend = fault_in_words(fault.reason, fault.mend, form.pack, fault.id)
        told = _("%(reason)s %(mend)s") % {"reason": reason, "mend": mend} if mend else reason
        form.add_error(named if named in form.fields else None, told)
