"""What goes into a family drawing and what comes out: people and links in, boxes, grounds and lines out.

Units are user units of the SVG; texts are words ready to print. Nothing is computed here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """One person to draw. `place` is the words of the zone, "" when nobody knows where the person is."""

    key: str
    name: str
    lines: tuple[str, ...]
    place: str
    href: str = ""
    me: bool = False
    known: bool = True
    minor: bool = False


@dataclass(frozen=True)
class Link:
    """`parent` is a parent of `child` (keys of members); `certain` is supported by more than a claim."""

    child: str
    parent: str
    certain: bool


@dataclass(frozen=True)
class Couple:
    """Two parents of the same children, drawn as one line from side to side, not to each child."""

    one: str
    other: str
    certain: bool


@dataclass(frozen=True)
class Text:
    """One line of words, its baseline at (x, y)."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Node:
    """A box of one person."""

    member: Member
    x: float
    y: float
    width: float
    height: float
    title: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True)
class Zone:
    """The ground of one place; `apart` when it holds a child away from the family's main place."""

    x: float
    y: float
    width: float
    height: float
    label: Text
    apart: bool


@dataclass(frozen=True)
class Edge:
    """A path in SVG's own writing."""

    path: str
    certain: bool


@dataclass(frozen=True)
class Drawing:
    """Everything a template needs to write the SVG; `direction` is ltr or rtl."""

    width: float
    height: float
    direction: str
    zones: tuple[Zone, ...]
    edges: tuple[Edge, ...]
    nodes: tuple[Node, ...]
