"""Texts of law for reading: one citation, and every text of a pack."""

from __future__ import annotations

from dataclasses import dataclass

from amana.core.policy import Pack, SourceRef
from amana.web.texts import WEIGHT_CLASSES
from amana.wording.languages import pick
from amana.wording.terms import source_standing_in_words, weight_in_words


@dataclass(frozen=True)
class Source:
    """A citation for reading: title, article, what it says in our words, standing and weight in words."""

    id: str
    title: str
    article: str
    says: str
    standing: str
    seen: bool
    weight: str
    weight_class: str


@dataclass(frozen=True)
class InstrumentLine:
    """A text with its articles, in our own words, and what was seen of it."""

    title: str
    dated: str
    standing: str
    seen: bool
    weight: str
    weight_class: str
    where_read: str
    articles: tuple[tuple[str, str], ...]


def source_of(pack: Pack, reference: str) -> Source:
    """Return a citation of the pack for reading."""
    return cite(pack.source(reference))


def cite(source: SourceRef) -> Source:
    """Return a reference that an explanation carries, for reading."""
    return Source(
        id=source.id,
        title=pick(source.title),
        article=source.article,
        says=pick(source.text),
        standing=source_standing_in_words(source.standing),
        seen=source.standing == "verified",
        weight=weight_in_words(source.weight),
        weight_class=WEIGHT_CLASSES.get(source.weight, "w-p"),
    )


def instrument_lines(pack: Pack) -> tuple[InstrumentLine, ...]:
    """Return every text of the pack and of those it extends."""
    return tuple(
        InstrumentLine(
            title=pick(each.title),
            dated=each.dated,
            standing=source_standing_in_words(each.standing),
            seen=each.standing == "verified",
            weight=weight_in_words(each.weight),
            weight_class=WEIGHT_CLASSES.get(each.weight, "w-p"),
            where_read=each.where_read,
            articles=tuple((name, pick(says)) for name, says in each.articles.items()),
        )
        for each in pack.sources.values()
    )
