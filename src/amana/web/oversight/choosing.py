"""The filters of the board and of the findings, as links that stand in the address.

Safeguards are chosen by state, weight, place, owner and clock; persons by nothing. What an address asks for
beyond the values offered is refused in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import Viewer
from amana.apps.oversight import queries
from amana.core.policy import Pack
from amana.web.oversight.words import WEIGHTS
from amana.web.people.cards import place_name
from amana.wording.terms import weight_in_words

SOON = 7
"""Days in which a clock counts as running out."""
OTHER_NAMES = ("after", "lang")
"""What an address may hold beside filters: where a page begins, and the language."""
LONGEST_SHOWN = 40
"""Letters of a strange name or value that are shown again."""


@dataclass(frozen=True)
class Option:
    """One link of a filter; `chosen` is where we are."""

    words: str
    address: str
    chosen: bool


@dataclass(frozen=True)
class Choosing:
    """One filter: the words on it, which tell what is chosen, and its links."""

    name: str
    words: str
    chosen: bool
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Chosen:
    """What an address asks for. `strange`: in words, each thing it asks for that no filter offers."""

    state: str = ""
    weight: str = ""
    site: str = ""
    owner: str = ""
    soon: bool = False
    strange: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return bool(self.state or self.weight or self.site or self.owner or self.soon)


def offered(viewer: Viewer, pack: Pack, states: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The values of each filter with their words; weights and owners are those the pack's safeguards have."""
    alive = [each for each in pack.safeguards.values() if each.alive]
    weights = {each.weight for each in alive}
    roles = {role for each in alive for role in each.alerts}
    return {
        "state": dict(states),
        "weight": {weight: weight_in_words(weight) for weight in WEIGHTS if weight in weights},
        "site": {place.ref: place_name(place) for place in queries.places(viewer)},
        "owner": {role: _(ROLES[role].title) for role in ROLES if role in roles and sees_findings(role)},
    }


def sees_findings(role: str) -> bool:
    """Whether a role can own a finding: who may not see one has none, whatever a pack alerts him of."""
    return "oversight.see" in ROLES[role].may


def chosen(query: QueryDict, values: Mapping[str, Mapping[str, str]], *, soon: bool = True) -> Chosen:
    """Read an address; what it asks for in vain is left out and said as strange. `soon`: whether the page
    narrows by clocks that run out.
    """
    asked = {name: query.get(name, "") for name in values}
    known = {name: value if value in values[name] else "" for name, value in asked.items()}
    days = query.get("soon", "") if soon else ""
    names = (*values, "soon") if soon else tuple(values)
    return Chosen(
        **known,
        soon=days == str(SOON),
        strange=(
            *_strange_names(query, names),
            *(_no_value(name, value) for name, value in asked.items() if value != known[name]),
            *([_no_value("soon", days)] if days not in ("", str(SOON)) else []),
        ),
    )


def _strange_names(query: QueryDict, names: Sequence[str]) -> list[str]:
    """A sentence for each name that is no filter of the page."""
    return [
        _("“%(name)s” is no filter of this page. Its filters: %(known)s.")
        % {"name": name[:LONGEST_SHOWN], "known": ", ".join(names)}
        for name in query
        if name not in (*names, *OTHER_NAMES)
    ]


def _no_value(name: str, value: str) -> str:
    told = {"name": name, "value": value[:LONGEST_SHOWN]}
    return _("“%(value)s” is no value of the filter “%(name)s”. Choose one of its links below.") % told


def choosings(
    values: Mapping[str, Mapping[str, str]], now: Chosen, names: Sequence[str]
) -> tuple[Choosing, ...]:
    """The filters named, each with a link to every value and one to all."""
    everything = {
        "state": _("All that is open"),
        "weight": _("All weights"),
        "site": _("All sites"),
        "owner": _("All owners"),
    }
    found = []
    for name in names:
        present = getattr(now, name)
        options = [
            Option(words, address(now, **{name: value}), value == present)
            for value, words in (("", everything[name]), *values[name].items())
        ]
        told = values[name].get(present) or everything[name]
        found.append(Choosing(name, told, bool(present), tuple(options)))
    return tuple(found)


def address(now: Chosen, **changed: str | bool) -> str:
    """The query string of what is chosen with some of it changed; “?” where nothing is."""
    pairs = {"state": now.state, "weight": now.weight, "site": now.site, "owner": now.owner}
    asked = {**pairs, "soon": now.soon, **changed}
    query = {name: value for name, value in asked.items() if name != "soon" and value}
    if asked["soon"]:
        query["soon"] = str(SOON)
    return "?" + urlencode(query)
