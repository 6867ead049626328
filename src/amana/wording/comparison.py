"""Two packs compared, in lines for the terminal: who moves, beds, conflicts, gaps. Counts are persons.

Nobody is named; an outcome that may never be acted on has become a review before it comes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from amana.apps.decisions.answers import PROTECTION_REVIEW
from amana.casework.impact import BedChange, PlaceMoves
from amana.core.policy import Pack
from amana.core.policy.compare import Comparison, ConflictChange, GapChange, Moved
from amana.wording.languages import pick
from amana.wording.law import outcome_in_words


def comparison_lines(
    found: Comparison, matrix: Iterable[Moved], before: Pack, after: Pack, decision: str
) -> Iterator[str]:
    """What a step from one pack to another does, the matrix first."""
    yield _("People as of %(day)s: %(people)s. Outcome changed: %(moved)s.") % {
        "people": f"{found.people:,}",
        "day": found.on.isoformat(),
        "moved": f"{len(found.movers):,}",
    }
    for exact, pack in ((found.exact_before, before), (found.exact_after, after)):
        if not exact:
            yield _("The answers of %(pack)s are sound but not exact.") % {"pack": pack.id}
    yield ""
    for each in matrix:
        yield _matrix_line(each, before, after, decision)
    yield _("Same outcome, other facts to ask for or other outcomes possible: %(count)s.") % {
        "count": f"{len(found.needs_changed):,}"
    }
    yield _("Same outcome by another rule: %(count)s.") % {"count": f"{found.grounds_changed:,}"}
    yield from _section(_("Conflicts gained"), map(conflict_line, found.conflicts_gained))
    yield from _section(_("Conflicts lost"), map(conflict_line, found.conflicts_lost))
    for title, stays, gaps in (
        (_("Gaps opened"), False, found.gaps_opened),
        (_("Gaps widened"), True, found.gaps_opened),
        (_("Gaps narrowed"), True, found.gaps_closed),
        (_("Gaps closed"), False, found.gaps_closed),
    ):
        yield from _section(title, (gap_line(gap) for gap in gaps if (gap.stood and gap.stands) == stays))


def place_lines(
    beds: Iterable[BedChange], moves: Iterable[PlaceMoves], before: Pack, after: Pack, decision: str
) -> Iterator[str]:
    """Beds that the outcomes ask for, and the places that those stay at whose outcome changes."""
    told = (f"  {_kind_in_words(each.place)}: {_step(each.before, each.after)}" for each in beds)
    yield from _section(_("Beds that the outcomes ask for"), told)
    told = (_move_line(each, before, after, decision) for each in moves)
    yield from _section(_("Where they stay now"), told)


def shown_in_words(outcome: str, pack: Pack, decision: str) -> str:
    """An outcome as lists and counts name it."""
    return (
        _("protection review") if outcome == PROTECTION_REVIEW else outcome_in_words(outcome, pack, decision)
    )


def conflict_line(change: ConflictChange) -> str:
    """A conflict with other law, and against how many it stands before and after."""
    conflict = change.conflict
    told = f"  {conflict.id}: {pick(conflict.reported)} {pick(conflict.conflict)}"
    return f"{told} ({_people_step(change.before, change.after)})"


def gap_line(change: GapChange) -> str:
    """A gap in the law, and how many fall into it certainly and possibly."""
    title = pick(change.gap.title) if change.gap else _("a gap that no entry describes")
    certain = _people_step(change.before, change.after)
    possible = _step(change.possibly_before, change.possibly_after)
    return "  " + _("%(gap)s (%(certain)s; possibly %(possible)s)") % {
        "gap": title,
        "certain": certain,
        "possible": possible,
    }


def _step(before: int, after: int) -> str:
    return f"{before:,} {_arrow()} {after:,}"


def _people_step(before: int, after: int) -> str:
    return f"{_people(before)} {_arrow()} {_people(after)}"


def _arrow() -> str:
    """Points the way in which the language is read."""
    return pgettext("before and after", "→")


def _matrix_line(each: Moved, before: Pack, after: Pack, decision: str) -> str:
    was = shown_in_words(each.before, before, decision)
    if each.before == each.after:
        return "  " + _("%(count)s unchanged: %(outcome)s") % {"count": f"{each.count:,}", "outcome": was}
    return "  " + _("%(count)s changed: %(before)s → %(after)s") % {
        "count": f"{each.count:,}",
        "before": was,
        "after": shown_in_words(each.after, after, decision),
    }


def _move_line(move: PlaceMoves, before: Pack, after: Pack, decision: str) -> str:
    place = move.place
    return "  " + _("%(place)s: %(before)s → %(after)s: %(count)s") % {
        "place": pick({"en": place.name_en, "ar": place.name_ar}) if place else _("elsewhere"),
        "before": shown_in_words(move.before, before, decision),
        "after": shown_in_words(move.after, after, decision),
        "count": f"{move.count:,}",
    }


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    told = list(lines)
    if told:
        yield from ("", title, *told)


def _people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": f"{count:,}"}


def _kind_in_words(kind: str) -> str:
    return {
        "state_home": _("state home"),
        "camp": _("camp"),
        "other": _("other place"),
        "with_mother": _("beside the mother, where she is held"),
    }.get(kind, kind)
