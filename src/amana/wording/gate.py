"""The country gate in words: what each condition asks, and what would meet it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from amana.core.truth import Truth


def condition_words() -> Mapping[str, str]:
    """Condition -> what must be so, as the gate asks it."""
    return {
        "own-nation": _("The person says that this is his or her country, or it is proved"),
        "consent": _("Consent: of the adult herself or himself, of a child’s guardian"),
        "child-heard": _("The child was heard and does not object"),
        "counsel": _("Independent counsel was there when consent was asked"),
        "interpreter": _("An interpreter was there, or none was needed"),
        "hearing": _("Consent was asked out of the facility’s hearing"),
        "lasting": _("The consent has not run out"),
        "screening": _("The screening for international protection is done"),
        "fear": _("No fear of this country was found"),
        "claim": _("No claim for international protection is pending or recognised"),
        "hold": _("No hold stands on the file"),
        "dossier": _("A dossier of this person alone is released for this step"),
        "assessment": _("A child’s best interests are assessed"),
        "determination": _("A determination found return to be best for the child"),
    }


def opening_words() -> Mapping[str, str]:
    """Condition -> what would make it so."""
    taken_again = _("Ask again, with counsel and interpreter, where nobody of the facility can hear.")
    return {
        "own-nation": _(
            "Ask when the consent is taken, or have the nationality confirmed. Never ask the country."
        ),
        "consent": _(
            "A yes to this country and this purpose. A no is an answer; nobody is pressed to change it."
        ),
        "child-heard": _(
            "Hear the child and record it with the guardian’s answer. An objection is respected."
        ),
        "counsel": taken_again,
        "interpreter": taken_again,
        "hearing": taken_again,
        "lasting": _("Ask anew, as if it had never been asked."),
        "screening": _("Screen the person, or finish the screening that was begun."),
        "fear": _(
            "Only a new screening that finds none. Tracing then goes through the Red Cross or Red Crescent."
        ),
        "claim": _("Only the end of the claim. Until then the country learns nothing."),
        "hold": _("Its end, or a second official who lifts it."),
        "dossier": _("Prepare the dossier; another official releases it."),
        "assessment": _("Assess the child’s best interests."),
        "determination": _(
            "A determination by a panel, approved and not contested, that decides for return."
        ),
    }


def truth_in_words(truth: Truth) -> str:
    """Where a condition stands."""
    return {Truth.TRUE: _("met"), Truth.FALSE: _("not met"), Truth.UNKNOWN: _("not known")}[truth]
