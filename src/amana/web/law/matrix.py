"""Answers before and after a change as a table of counts, and the moves in it told in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.apps.decisions.answers import PROTECTION_REVIEW
from amana.core.policy import INVALID, UNDETERMINED, Pack
from amana.core.policy.compare import Ages, Moved
from amana.wording.languages import listed
from amana.wording.law import outcome_in_words


@dataclass(frozen=True)
class Cell:
    """How many people answer so before and so after; `same` where the answer stays; `told` in figures."""

    count: int
    same: bool
    told: str


@dataclass(frozen=True)
class MatrixRow:
    """One answer of today, and what becomes of it."""

    words: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True)
class Matrix:
    """Answers today down, answers under the change across."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[int, ...]
    people: int


@dataclass(frozen=True)
class Outcomes:
    """The answers of a decision under two packs: their order, and their words."""

    before: Pack
    after: Pack
    decision: str

    def order(self, met: Iterable[str]) -> list[str]:
        """The outcomes met, in the order of the pack; what is open or wrong stands last."""
        known = [
            *self.after.decisions[self.decision].outcomes,
            *self.before.decisions[self.decision].outcomes,
        ]
        places = {id: place for place, id in reversed(list(enumerate([*known, UNDETERMINED, INVALID])))}
        return sorted(set(met), key=lambda id: (places.get(id, len(places)), id))

    def words(self, id: str) -> str:
        """An outcome's name; one that may never be acted on is called by the review it asks for."""
        pack = self.after if id in self.after.decisions[self.decision].outcomes else self.before
        outcome = pack.decisions[self.decision].outcomes.get(id)
        if id == PROTECTION_REVIEW or (outcome is not None and not outcome.actionable):
            return _("protection review")
        return outcome_in_words(id, pack, self.decision)


def counted(count: int, coarse: bool) -> str:
    """A count in figures; a coarse 0 is fewer than five."""
    return "<5" if coarse and not count else str(count)


def matrix_of(moved: Sequence[Moved], outcomes: Outcomes, *, coarse: bool) -> Matrix:
    """The table; rows and columns hold only answers that somebody has. Of coarse counts the sums are those of
    what is shown.
    """
    counts = Counter({(each.before, each.after): each.count for each in moved})
    down = outcomes.order(before for before, _after in counts)
    across = outcomes.order(after for _before, after in counts)
    rows = tuple(
        MatrixRow(
            outcomes.words(before),
            tuple(
                Cell(count := counts[before, after], before == after, counted(count, coarse))
                for after in across
            ),
            sum(counts[before, after] for after in across),
        )
        for before in down
    )
    totals = tuple(sum(counts[before, after] for before in down) for after in across)
    return Matrix(tuple(map(outcomes.words, across)), rows, totals, sum(totals))


def movements(moved: Sequence[Moved], outcomes: Outcomes) -> tuple[str, ...]:
    """One sentence for each pair of answers between which people would go, the most people first."""
    going = sorted((each for each in moved if each.before != each.after), key=lambda each: -each.count)
    return tuple(_sentence(each, outcomes) for each in going)


def _sentence(moved: Moved, outcomes: Outcomes) -> str:
    told = ngettext(
        "%(count)s person would go from “%(before)s” to “%(after)s”",
        "%(count)s people would go from “%(before)s” to “%(after)s”",
        moved.count,
    ) % {"count": moved.count, "before": outcomes.words(moved.before), "after": outcomes.words(moved.after)}
    ages = ages_in_words(moved.ages)
    if not ages:
        return _("%(sentence)s.") % {"sentence": told}
    return _("%(sentence)s (%(ages)s).") % {"sentence": told, "ages": ages}


def ages_in_words(ages: Ages) -> str:
    """How old they are: “age 3: 34, age not certain: 2”; a long list as its first and last age."""
    certain = [(years, count) for years, count in ages if years is not None]
    unsure = sum(count for years, count in ages if years is None)
    told = [_("age %(years)s: %(count)s") % {"years": years, "count": count} for years, count in certain]
    if len(certain) > 4:
        told = [_("ages %(least)s to %(most)s") % {"least": certain[0][0], "most": certain[-1][0]}]
    if unsure:
        told.append(_("age not certain: %(count)s") % {"count": unsure})
    return listed(told)
