"""Names of the kinds of record that safeguards watch or wait for.

A pack names the kinds it declares. Those that its safeguards only wait for are declared nowhere yet, so they
are named here; a kind that nobody names is shown by its code, with blanks.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import pgettext

from amana.core.policy import Pack
from amana.wording.languages import once_a_language, pick


def record_kind_in_words(kind: str, pack: Pack) -> str:
    """The name of a kind of record: “stay”, “age assessment”."""
    known = pack.records.get(kind)
    if known and known.title:
        return pick(known.title)
    return _awaited().get(kind, kind.replace("_", " "))


@once_a_language
def _awaited() -> Mapping[str, str]:
    return {
        "age_assessment": pgettext("kind of record", "age assessment"),
        "allegation": pgettext("kind of record", "allegation of ill-treatment"),
        "biometrics": pgettext("kind of record", "biometrics or DNA"),
        "birth_registration": pgettext("kind of record", "birth registration"),
        "consular_notice": pgettext("kind of record", "consular notice"),
        "contact": pgettext("kind of record", "contact with a parent"),
        "custody": pgettext("kind of record", "custody"),
        "death": pgettext("kind of record", "death in custody"),
        "disclosure": pgettext("kind of record", "disclosure"),
        "evidence_item": pgettext("kind of record", "piece of evidence"),
        "handover": pgettext("kind of record", "handover"),
        "health_care": pgettext("kind of record", "health care"),
        "hearing": pgettext("kind of record", "hearing"),
        "letter": pgettext("kind of record", "letter to a state"),
        "nationality_route": pgettext("kind of record", "way to a nationality"),
        "pregnancy_care": pgettext("kind of record", "care in pregnancy"),
        "proceeding": pgettext("kind of record", "proceeding"),
        "programme": pgettext("kind of record", "programme of recovery"),
        "protection_screening": pgettext("kind of record", "protection screening"),
        "publication": pgettext("kind of record", "publication"),
        "return_follow_up": pgettext("kind of record", "follow-up after return"),
        "roll_call": pgettext("kind of record", "roll call"),
        "schooling": pgettext("kind of record", "schooling"),
        "sentence": pgettext("kind of record", "sentence"),
        "tracing": pgettext("kind of record", "tracing"),
    }
