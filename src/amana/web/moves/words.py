"""Words for the codes of moves, in the order in which forms offer them, and for what is refused."""

from __future__ import annotations

from django.utils.translation import gettext as _

from amana.apps.placements.moves.commands import MoveRefused
from amana.web.people.marks import Mark
from amana.wording.reasons import say_why


def apart_words() -> dict[str, str]:
    """Why brothers and sisters stay at different places."""
    return {
        "best_interests": _("their best interests, weighed one by one"),
        "medical": _("health of one of them"),
        "court": _("a court ordered it"),
        "own_wish": _("their own wish"),
        "no_place": _("there is no room for all of them"),
    }


def decided_by_words() -> dict[str, str]:
    """Who is reported to have decided a move."""
    return {
        "court": _("a court"),
        "panel": _("a panel"),
        "authority": _("an authority or the site"),
    }


def urgent_words() -> dict[str, str]:
    """What can make a move urgent; there is no other."""
    return {
        "medical": _("health: it could not wait"),
        "violence": _("violence, or a threat of it"),
        "fire": _("fire, collapse or another danger of the place"),
    }


def family_words() -> dict[str, str]:
    """Whether mother and siblings went along."""
    return {
        "together": _("mother and children moved together"),
        "not_possible": _("not possible: this person moved alone"),
    }


def children_words() -> dict[str, str]:
    """What becomes of the children of a mother who moves."""
    return {
        "together": _("they move with her, in one step"),
        "stay": _("they stay here without her: it is judged as their separation"),
    }


def review_words() -> dict[str, str]:
    """How an urgent move is reviewed."""
    return {
        "upheld": _("it was needed, and done as it should be"),
        "not_upheld": _("it was not needed, or not done as it should be"),
    }


def plan_mark(state: str) -> Mark:
    """The badge of a plan."""
    return {
        "planned": Mark("acc", _("planned, not done"), "clock"),
        "done": Mark("ok", _("carried out"), "check"),
        "withdrawn": Mark("", _("withdrawn"), "minus"),
    }[state]


def refusal_words(refused: MoveRefused) -> str:
    """What stands against a move, in words; the message of the command where a page can't bring it about."""
    return {
        "custody": _(
            "This would put a person into custody. No plan and no urgent move opens custody: it takes a "
            "judicial order on the person's own acts. Choose a place of care, or one where the mother is."
        ),
        "no_place": _("There is no such place. Choose one of the list."),
        "same_place": _("The person is at this place already. Choose another."),
        "past": _("Write today or a later day. A move that has happened is recorded as such."),
        "too_far": _(
            "Write a day within the next 180 days. A move farther ahead is planned when its day is nearer."
        ),
        "nobody_along": _("Nobody of the family is at the same place. Leave it empty."),
        "alone": _(
            "Nobody of the family is at the same place any more. Withdraw this plan, and look at the case."
        ),
        "no_return": _(
            "An urgent move ends where it began, or where the mother is now. Plan a move to another place."
        ),
        "planned": _("A move of this person is planned already. Withdraw that plan first."),
        "closed": _("This plan is closed already: it was carried out or withdrawn."),
        "day": _(
            "Write a day from the day it was planned to today. Another is recorded as a move that happened."
        ),
        "urgent_open": _("An urgent move of this person is open. End it first."),
        "urgent_day": _("Write one of the last three days. An older move is recorded as one that happened."),
        "told_day": _("Write a day from the day of the move to today."),
        "future": _("This day has not come yet. Write a day up to today."),
        "reviewed": _("This move was reviewed already."),
        "own": _("A second person reviews an urgent move, never the one who made it."),
        "ended": _("This move is over already."),
        "not_in_words": say_why(),
    }.get(refused.code, str(refused))
