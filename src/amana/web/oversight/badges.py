"""The stored findings of a person as a few badges, for the head of a case and for lists: the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from amana.apps.oversight.answers import FindingLine
from amana.core.policy import Pack
from amana.web.oversight.findings import due_of, verdict_mark
from amana.web.oversight.words import ORDER, heavier_first
from amana.web.people.marks import Mark
from amana.wording.languages import pick


def badges(lines: Sequence[FindingLine], pack: Pack, on: date, most: int) -> tuple[Mark, ...]:
    """The worst of the stored findings as badges, at most so many, and one that counts the rest."""
    ordered = sorted(lines, key=lambda line: (ORDER.index(line.verdict), _weight(line, pack), line.since))
    shown = [badge(line, pack, on) for line in ordered[:most]]
    left = len(ordered) - len(shown)
    if left > 0:
        shown.append(Mark("", _("and %(count)s more") % {"count": left}, "next"))
    return tuple(shown)


def _weight(line: FindingLine, pack: Pack) -> int:
    known = pack.safeguards.get(line.safeguard)
    return heavier_first(known.weight) if known else heavier_first("")


def badge(line: FindingLine, pack: Pack, on: date) -> Mark:
    """One stored finding as a badge: the safeguard, and until when or since when."""
    known, mark = pack.safeguards.get(line.safeguard), verdict_mark(line.verdict)
    title = pick(known.title) if known else line.safeguard
    told = due_of(line, on) or mark.words
    return Mark(mark.kind, _("%(safeguard)s: %(state)s") % {"safeguard": title, "state": told}, mark.icon)
