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
    """What an address asks for. `strange`: it asks for a value that no filter offers."""

    state: str = ""
    weight: str = ""
    site: str = ""
    owner: str = ""
    soon: bool = False
    strange: bool = False

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
        "owner": {role: _(known.title) for role, known in ROLES.items() if role in roles},
    }


def chosen(query: QueryDict, values: Mapping[str, Mapping[str, str]]) -> Chosen:
    """Read an address; what it asks for in vain is left out and remembered as strange."""
    asked = {name: query.get(name, "") for name in values}
    known = {name: value if value in values[name] else "" for name, value in asked.items()}
    soon = query.get("soon", "")
    return Chosen(
        **known,
        soon=soon == str(SOON),
        strange=known != asked or soon not in ("", str(SOON)),
    )


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
