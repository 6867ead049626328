"""Whether a determination of this office says enough: every fault of what is asked for, each with its field.

It names a panel of several functions, weighs options, hears the child and each parent or says why not, and
tells grounds, reasons in words, citations, the next look and the appeal. Codes of faults: `contents.FAULTS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from amana.apps.determinations import codes
from amana.apps.determinations.contents import (
    Asked,
    FieldFault,
    PanelMember,
    of_citations,
    of_code,
    of_grounds,
    of_members,
    of_options,
    of_silence,
    of_text,
    of_texts,
    of_view,
    of_words,
    same_name,
)
from amana.apps.determinations.days import look_again, of_next_day, of_past_day
from amana.core.policy import Pack


def faults_of(asked: Asked, pack: Pack, on: date, born: date | None = None) -> Iterator[FieldFault]:
    """Every fault of a determination of this office, asked for on the day `on` under its pack; `born`: the
    first day on which the person can have been born, where it is known.
    """
    yield from _of_codes(asked)
    yield from _of_panel(asked.get("panel", ()))
    yield from _of_options(asked)
    yield from _of_views(asked)
    yield from of_texts("evidence", asked.get("evidence", ()), needed=True)
    yield from of_words("reasons", asked.get("reasons", ""))
    yield from of_text("appeal_route", asked.get("appeal_route", ""))
    yield from of_citations(asked.get("citations", ()), pack, needed=True)
    yield from _of_days(asked, pack, on, born)


def _of_codes(asked: Asked) -> Iterator[FieldFault]:
    decides, place = asked.get("decides", ""), asked.get("place_kind", "")
    yield from of_code("decides", decides, codes.DECIDES)
    if decides in codes.PLACED:
        if place in codes.CUSTODY:
            yield FieldFault("place_kind", "custody")
        else:
            yield from of_code("place_kind", place, codes.PLACE_KINDS)
    elif place:
        yield FieldFault("place_kind", "not_for_this")
    yield from of_grounds(asked.get("grounds", ()), needed=True)
    if consulate := asked.get("consulate", ""):
        yield from of_code("consulate", consulate, codes.CONSULATE)


def _of_panel(panel: tuple[PanelMember, ...]) -> Iterator[FieldFault]:
    if not panel:
        yield FieldFault("panel", "missing")
        return
    yield from of_members(panel)
    named = [same_name(member.name) for member in panel]
    if len(set(named)) < len(named):
        yield FieldFault("panel", "twice")
    if len({member.function for member in panel}) < 2:
        yield FieldFault("panel", "one_function")


def _of_options(asked: Asked) -> Iterator[FieldFault]:
    options = asked.get("options", ())
    yield from of_options(options)
    weighed = {option.code for option in options}
    if options and len(weighed) < 2:
        yield FieldFault("options", "one_option")
    if asked.get("decides") == codes.SEPARATION and codes.STAYS not in weighed:
        yield FieldFault("options", "mother_not_weighed")


def _of_views(asked: Asked) -> Iterator[FieldFault]:
    views = {
        "child": asked.get("child_view"),
        "mother": asked.get("mother_view"),
        "father": asked.get("father_view"),
    }
    for who, view in views.items():
        yield from of_view(view, who)
        yield from of_silence(view, who)


def _of_days(asked: Asked, pack: Pack, on: date, born: date | None) -> Iterator[FieldFault]:
    decided_on = asked.get("decided_on")
    yield from of_past_day("decided_on", decided_on, on, born=born)
    appealed = asked.get("decides") != codes.STAYS
    yield from of_next_day("review_on", asked.get("review_on"), decided_on, within=look_again(pack))
    yield from of_next_day("appeal_until", asked.get("appeal_until"), decided_on, needed=appealed)
    yield from of_next_day("exception_until", asked.get("exception_until"), decided_on, needed=False)
