"""What a set of claims establishes about a person, and what stays open.

Knows the rules of the design's "From claims to facts":
an uncontradicted claim counts whatever its standing; compatible birth claims intersect; incompatible claims
of equal standing give the hull for dates and the set for codes, flagged disputed; higher standing displaces
lower; a refuted claim never counts. `invalid` is only for a contradiction inside one claim or with the as-of
date. Dates are closed intervals of days. Refuses nothing: whatever the claims, each attribute gets an answer
or stays away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amana.core.dates import DateSpan
from amana.core.facts import AllOf, Standing, weakest

IdentityValue = DateSpan | frozenset[str] | bool | None

MANY_AT_ONCE = frozenset({"nationality"})
"""Attributes a person may truly have several of: two confirmed claims of one code each then both hold, rather
than dispute each other.
"""


@dataclass(frozen=True)
class Claim:
    """One thing said about one person: exactly one of span, codes, flag, text carries the value.

    attribute: `birth`, `sex`, `nationality`, a name, ... ; stated: the words as given; on: the day it was
    said. Claims of one source about one code attribute stand side by side (a cell naming two nationalities).
    contradiction: why the claim excludes itself (a birth that ends before it begins), where the reader found
    that it does.
    """

    attribute: str
    stated: str
    standing: Standing
    source: str
    on: date
    span: DateSpan | None = None
    codes: frozenset[str] | None = None
    flag: bool | None = None
    text: str | None = None
    contradiction: str | None = None


@dataclass(frozen=True)
class Established:
    """What the claims about one attribute come to: the value (None: unknown) and how firmly it stands.

    standing: the weakest standing among the claims that shape the value; source: theirs, `;`-joined, sorted.
    disputed: claims of equal standing exclude each other. invalid: why no value can be true, or None.
    """

    value: IdentityValue
    standing: Standing
    source: str
    disputed: bool = False
    invalid: str | None = None


def establish(claims: Iterable[Claim], on: date) -> Mapping[str, Established]:
    """Return what the claims establish as of `on`, by attribute; attributes with no counting claim are
    absent.

    The answer does not depend on the order of the claims.
    """
    counting: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.standing is not Standing.REFUTED:
            counting[claim.attribute].append(claim)
    return {attribute: _establish_one(found, on) for attribute, found in sorted(counting.items())}


def _establish_one(claims: Sequence[Claim], on: date) -> Established:
    """Settle one attribute; a claim no day can fulfil makes it invalid unless a sound, higher claim
    displaces it.
    """
    impossible = [claim for claim in claims if _contradiction(claim, on)]
    sound = [claim for claim in claims if not _contradiction(claim, on)]
    if impossible:
        top = max(impossible, key=lambda claim: (claim.standing.rank, claim.source, claim.stated))
        if not any(claim.standing.rank > top.standing.rank for claim in sound):
            return Established(None, top.standing, _sources(impossible), invalid=_contradiction(top, on))
    if any(claim.span is not None for claim in sound):
        return _dates([claim for claim in sound if claim.span is not None], on)
    return _highest_set(sound)


def _contradiction(claim: Claim, on: date) -> str | None:
    """Return why a claim excludes itself or the as-of date, or None."""
    if claim.contradiction:
        return claim.contradiction
    if claim.span is not None and claim.span.earliest and claim.span.earliest > on:
        return "after_the_day_asked_about"
    return None


def _dates(claims: Sequence[Claim], on: date) -> Established:
    """Intersect from the highest standing down; lower claims refine what stands, or are displaced."""
    value = DateSpan(None, on)
    if len(claims) == 1:
        only = claims[0]
        return Established(_meet([value, _span(only)]) or value, only.standing, only.source)
    shaping: list[Claim] = []
    disputed = False
    for standing in sorted({claim.standing for claim in claims}, key=_rank, reverse=True):
        level = [claim for claim in claims if claim.standing is standing]
        compatible = [claim for claim in level if _meet([value, _span(claim)]) is not None]
        if not compatible:
            continue
        spans = [_span(claim) for claim in compatible]
        joint = _meet(spans)
        refined = _meet([value, joint if joint is not None else _hull(spans)])
        if not shaping or (refined is not None and refined != value):
            shaping += compatible
            disputed = disputed or joint is None
            value = refined or value
    standing = weakest(claim.standing for claim in shaping) or Standing.CLAIMED
    return Established(value, standing, _sources(shaping), disputed)


def _rank(standing: Standing) -> int:
    return standing.rank


def _span(claim: Claim) -> DateSpan:
    return claim.span if claim.span is not None else DateSpan(None, None)


def _meet(spans: Sequence[DateSpan]) -> DateSpan | None:
    """Return the days common to all spans, or None when there are none."""
    earliest = max((span.earliest for span in spans if span.earliest), default=None)
    latest = min((span.latest for span in spans if span.latest), default=None)
    if earliest and latest and earliest > latest:
        return None
    return DateSpan(earliest, latest)


def _hull(spans: Sequence[DateSpan]) -> DateSpan:
    """Return the shortest span that holds all spans."""
    starts = [span.earliest for span in spans if span.earliest]
    ends = [span.latest for span in spans if span.latest]
    return DateSpan(
        min(starts) if len(starts) == len(spans) else None, max(ends) if len(ends) == len(spans) else None
    )


def _highest_set(claims: Sequence[Claim]) -> Established:
    """Settle codes, texts and flags among the claims of the highest standing."""
    top = max((claim.standing for claim in claims), key=_rank)
    level = [claim for claim in claims if claim.standing is top]
    by_source: dict[str, frozenset[str]] = defaultdict(frozenset)
    for claim in level:
        by_source[claim.source] |= _codes(claim)
    said = {codes for codes in by_source.values() if codes}
    flags = {claim.flag for claim in level if claim.flag is not None}
    if flags:
        agreed = next(iter(flags)) if len(flags) == 1 else None
        return Established(agreed, top, _sources(level), disputed=agreed is None)
    union: frozenset[str] = frozenset().union(*said)
    if top is Standing.CONFIRMED and len(union) > 1 and _proved_each(level):
        return Established(AllOf(union), top, _sources(level))
    return Established(union or None, top, _sources(level), disputed=len(said) > 1)


def _proved_each(claims: Sequence[Claim]) -> bool:
    """Whether each claim proves one code of an attribute that may have several; `IRQ;UZB` proves neither."""
    return all(claim.attribute in MANY_AT_ONCE and len(_codes(claim)) <= 1 for claim in claims)


def _codes(claim: Claim) -> frozenset[str]:
    if claim.codes is not None:
        return claim.codes
    return frozenset({claim.text}) if claim.text else frozenset()


def _sources(claims: Sequence[Claim]) -> str:
    return ";".join(sorted({claim.source for claim in claims if claim.source}))
