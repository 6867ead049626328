"""One word or phrase for each fixed term: truth, force, standing of facts and texts, weight of a norm.

The words of the law pages and of the command line; a term without a phrase here is shown as it is written.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.core.facts import Standing
from amana.core.truth import Truth
from amana.wording.languages import once_a_language


def truth_in_words(truth: Truth) -> str:
    """“true”, “false” or “unknown”."""
    return {
        Truth.TRUE: pgettext("a condition holds", "true"),
        Truth.FALSE: pgettext("a condition does not hold", "false"),
        Truth.UNKNOWN: pgettext("not known whether a condition holds", "unknown"),
    }[truth]


def modality_in_words(modality: str) -> str:
    """The force of a rule: “must”, “may” or “must not”."""
    return _forces().get(modality, modality)


@once_a_language
def _forces() -> Mapping[str, str]:
    return {
        "must": pgettext("force of a rule", "must"),
        "may": pgettext("force of a rule", "may"),
        "must_not": pgettext("force of a rule", "must not"),
    }


def standing_in_words(standing: Standing | str | None) -> str:
    """How well a fact is supported; “standing not stated” when a file gives none."""
    return _standings().get(str(standing or ""), str(standing))


@once_a_language
def _standings() -> Mapping[str, str]:
    return {
        "claimed": pgettext("standing of a fact", "claimed"),
        "supported": pgettext("standing of a fact", "supported"),
        "confirmed": pgettext("standing of a fact", "confirmed"),
        "refuted": pgettext("standing of a fact", "refuted"),
        "": _("standing not stated"),
    }


def source_standing_in_words(standing: str) -> str:
    """What was seen of a text: verified, told by others, or remembered."""
    return _text_standings().get(standing, standing)


@once_a_language
def _text_standings() -> Mapping[str, str]:
    return {
        "verified": pgettext("standing of a text", "verified"),
        "reported": pgettext("standing of a text", "reported, not seen"),
        "unknown": pgettext("standing of a text", "remembered, to be verified"),
    }


def weight_in_words(weight: str) -> str:
    """Whom a norm binds, and how."""
    return _weights().get(weight, weight)


@once_a_language
def _weights() -> Mapping[str, str]:
    return {
        "treaty-binding-here": _("treaty binding here"),
        "national-law": _("national law"),
        "soft-law": _("soft law"),
        "binding-on-origin": _("binding on the country of origin"),
        "reported-practice": _("reported practice"),
        "product-rule": _("rule of this product"),
    }


def status_in_words(status: str) -> str:
    """Whether a lawyer has reviewed a pack."""
    return _("not yet reviewed by counsel") if status == "unreviewed" else status
