"""Sentences of signing in that several pages share."""

from __future__ import annotations

from django.utils.translation import ngettext

from amana.apps.accounts.signing_in import SignInTry


def refusal(words: str, tried: SignInTry | None) -> str:
    """The words, and how long the next try waits; the same whether the account exists or not."""
    wait = tried.wait if tried else 0
    if not wait:
        return words
    hold = ngettext(
        "The next try is looked at in %(seconds)d second.",
        "The next try is looked at in %(seconds)d seconds.",
        wait,
    )
    return f"{words} {hold % {'seconds': wait}}"
