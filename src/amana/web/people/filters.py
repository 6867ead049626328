"""The filters of the people list as an address writes them, and as a person reads them.

Only what stands in `NAMES` is taken from an address; the queries check the values again and refuse the rest.
There is no filter by an outcome that may never be acted on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions import queries as decisions
from amana.apps.placements import queries as placements
from amana.apps.registry.people import may_filter
from amana.apps.registry.queries import FilterRefused
from amana.core.policy import Pack
from amana.web.people.cards import place_name
from amana.wording.languages import pick, state_in_words
from amana.wording.verdicts import needs_in_words

NAMES = ("group", "age", "sex", "nation", "facility", "outcome", "needs", "finding", "family", "batch")
GROUPS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "children": {"age": ("0-3", "4-14", "15-17")},
    "women": {"age": ("18+",), "sex": ("female",)},
}
FINDING = "oversight.see"
"""What a viewer needs to look for people by what the safeguards find."""
LONGEST = 120


@dataclass(frozen=True)
class Choice:
    """One filter to choose: value, words and whether it is chosen, for each option."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Chip:
    """A chosen filter in words, and the address without it."""

    words: str
    address: str


def chosen_filters(query: QueryDict) -> dict[str, tuple[str, ...]]:
    """What an address asks for, by filter; empty values are left out, long ones cut."""
    found = {name: tuple(value[:LONGEST] for value in query.getlist(name) if value) for name in NAMES}
    return {name: values for name, values in found.items() if values}


def for_queries(viewer: Viewer, chosen: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The same for the register's queries: a group becomes the age bands and the sex it stands for.

    A band or sex chosen beside a group narrows it; an unknown group is passed on to be refused. Raises
    `FilterRefused` where findings are looked for by somebody who may not see them.
    """
    if "finding" in chosen and not viewer.may(FINDING):
        raise FilterRefused("finding", "No filter for this role.")
    asked = {name: values for name, values in chosen.items() if name != "group"}
    for group in chosen.get("group", ())[:1]:
        if group not in GROUPS:
            return {**asked, "group": (group,)}
        for name, values in GROUPS[group].items():
            asked[name] = tuple(value for value in asked.get(name, values) if value in values) or values
    return asked


def choices(
    viewer: Viewer, pack: Pack, chosen: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[Choice, ...], dict[str, dict[str, str]]]:
    """The filters to offer, and for each the words of its values."""
    words = _words(viewer, pack)
    labels = {
        "group": _("Group"),
        "age": _("Age band"),
        "sex": _("Sex"),
        "nation": _("Nation"),
        "facility": _("Site"),
        "outcome": _("Protocol"),
        "needs": _("Missing fact"),
    }
    if viewer.may(FINDING):
        labels["finding"] = _("Safeguards")
    offered = []
    for name, label in labels.items():
        if not may_filter(viewer, name):
            continue
        options = tuple((value, text, value in chosen.get(name, ())) for value, text in words[name].items())
        offered.append(Choice(name, label, options))
    return tuple(offered), words


def _words(viewer: Viewer, pack: Pack) -> dict[str, dict[str, str]]:
    """The words of each filter's values; of nations, outcomes and needs those that occur."""
    return {
        "group": {"children": _("children"), "women": _("adult women")},
        "age": _ages(),
        "sex": {"female": _("female"), "male": _("male"), "unknown": _("not known")},
        "nation": {
            code: _("not known") if code == "unknown" else state_in_words(code)
            for code in decisions.nations(viewer)
        },
        "facility": {place.ref: place_name(place) for place in placements.facilities(viewer)},
        "outcome": _outcomes(viewer, pack),
        "needs": {
            ";".join(needs): needs_in_words(needs, pack)
            # Only counts are read, so nobody enters the read log.
            for needs in decisions.undetermined(replace(viewer, trail=[]), limit=1).counts
        },
        "finding": {"breach": _("open breach"), "overdue": _("overdue duty")} if viewer.may(FINDING) else {},
    }


def chips(
    request: HttpRequest, chosen: Mapping[str, tuple[str, ...]], words: Mapping[str, Mapping[str, str]]
) -> tuple[Chip, ...]:
    """A chip for each chosen value, whose link takes it away."""
    found = []
    for name, values in chosen.items():
        for value in values:
            rest = {
                key: [each for each in those if (key, each) != (name, value)] for key, those in chosen.items()
            }
            if request.GET.get("q"):
                rest["q"] = [request.GET["q"][:LONGEST]]
            query = urlencode({key: those for key, those in rest.items() if those}, doseq=True)
            text = words.get(name, {}).get(value) or value
            address = reverse("people:person-list") + (f"?{query}" if query else "")
            found.append(Chip(_worded(name, text), address))
    return tuple(found)


def _worded(name: str, text: str) -> str:
    forms = {
        "age": _("age %(value)s"),
        "needs": _("missing: %(value)s"),
        "family": _("family %(value)s"),
        "batch": _("batch %(value)s"),
    }
    return forms.get(name, "%(value)s") % {"value": text}


def _ages() -> dict[str, str]:
    return {
        "0-3": _("0 to 3"),
        "4-14": _("4 to 14"),
        "15-17": _("15 to 17"),
        "18+": _("18 or older"),
        "unknown": _("not known"),
    }


def _outcomes(viewer: Viewer, pack: Pack) -> dict[str, str]:
    """Outcomes that occur and may be listed, with undetermined and invalid among them."""
    known = pack.decisions["placement"].outcomes
    found = {}
    for outcome in decisions.outcomes(viewer):
        if outcome == "undetermined":
            found[outcome] = _("undetermined")
        elif outcome == "invalid":
            found[outcome] = _("facts contradict each other")
        elif outcome in known and known[outcome].actionable:
            found[outcome] = pick(known[outcome].label)
    return found
