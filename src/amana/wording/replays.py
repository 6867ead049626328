"""A replayed decision in words: what was stored, what its own text says again, what the present text says."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from amana.casework.replay import Replay
from amana.wording.languages import as_written
from amana.wording.law import outcome_in_words
from amana.wording.verdicts import verdict_in_words

SHORT = 12


def replay_lines(found: Replay) -> Iterator[str]:
    """One stored decision and what two texts make of its facts on its day."""
    stored = found.stored
    pack = found.pack_then or found.pack_now
    yield _("Decided as of %(day)s under %(pack)s: %(outcome)s.") % {
        "day": as_written(stored.on.isoformat()),
        "pack": as_written(f"{stored.pack} {stored.pack_hash[:SHORT]}"),
        "outcome": outcome_in_words(stored.outcome, pack, stored.decision),
    }
    yield "  " + then_in_words(found)
    yield "  " + now_in_words(found)


def then_in_words(found: Replay) -> str:
    """Whether the text and the facts of its day give the same answer again."""
    if found.then is None or found.pack_then is None:
        return _("The text of that day is not kept here, so the decision can't be replayed.")
    if found.same:
        return _("Replayed under the text and the facts of its day: the same answer.")
    told = verdict_in_words(found.then, found.pack_then, found.stored.decision)
    return _("Replayed under the text and the facts of its day: ANOTHER answer. %(answer)s") % {
        "answer": told
    }


def now_in_words(found: Replay) -> str:
    """What the office's present text says to the same facts on the same day."""
    if found.now is None:
        return _("The office's present text takes no such decision.")
    if not found.differs:
        return _("Under the office's present text: the same answer.")
    return _(
        "Under the office's present text, on that day: %(answer)s The decision stands as it was made."
    ) % {"answer": verdict_in_words(found.now, found.pack_now, found.stored.decision)}
