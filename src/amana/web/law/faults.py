"""Puts what the engine finds wrong with a change beside the field of the form that it speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amana.core.policy.edits import EditFault
from amana.web.law.change_base import ChangeForm

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
        told = _("%(reason)s %(mend)s") % {"reason": fault.reason, "mend": fault.mend}
        if named in form.fields:
            form.add_error(named, told)
        else:
            form.add_error(None, f"{fault.id}: {told}")
