"""What is asked of whoever gave no reason in words, as `core.reasons` understands it."""

from __future__ import annotations

from django.utils.translation import gettext as _


def say_why() -> str:
    """The sentence beside a field whose text is no reason in words."""
    return _("Say in a sentence why; a court will read it: at least three words, not a letter or a code.")
