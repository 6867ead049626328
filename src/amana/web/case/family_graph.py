"""Where the nodes, lines and places of a family drawing stand; pure geometry, no words and no records.

Units are user units of the SVG (one is one CSS pixel at full width); the origin is the top left corner.
Rows are generations, column blocks are places, so that people held apart are seen apart. A dashed node is
somebody unknown, a dashed line a link nobody confirmed, the thick node the person looked at. Right-to-left
languages get the mirror image. Refuses a link that makes somebody his own ancestor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from amana.web.case.family_shapes import Couple, Drawing, Edge, Link, Member, Node, Text, Zone

NODE = 150
GAP = 16
ZONE_GAP = 28
MARGIN = 18
FULL_WIDTH = 700.0  # a small family is not blown up to fill the page
LINE = 18
TOP = 34
ROW_GAP = 40
BUS_STEP = 7
COLUMNS = 4
NAME_LETTERS = 19
LINE_LETTERS = 23


@dataclass
class _Block:
    """The columns of one place, with its members by generation."""

    place: str
    rows: dict[int, list[Member]]
    columns: int = 1
    start: float = 0.0

    def depth(self, generation: int) -> int:
        return ceil(len(self.rows.get(generation, ())) / self.columns)

    @property
    def crowd(self) -> int:
        return max(ceil(len(row) / self.columns) for row in self.rows.values())

    @property
    def width(self) -> float:
        return self.columns * (NODE + GAP) - GAP


@dataclass(frozen=True)
class _Plan:
    """Where everything stands, left to right; `x` and `left` turn it round where the language asks for it."""

    boxes: dict[str, tuple[float, float]]
    generation: dict[str, int]
    tops: dict[int, list[float]]
    node_height: float
    width: float
    rtl: bool

    def x(self, x: float) -> float:
        return self.width - x if self.rtl else x

    def left(self, x: float, width: float) -> float:
        return self.width - x - width if self.rtl else x

    def path(self, points: Sequence[tuple[float, float]]) -> str:
        return "M" + " L".join(f"{self.x(x):g} {y:g}" for x, y in points)

    def first_row(self, key: str) -> bool:
        return self.tops[self.generation[key]][0] == self.boxes[key][1]

    def last_row(self, key: str) -> bool:
        return self.tops[self.generation[key]][-1] == self.boxes[key][1]


def draw(
    members: Sequence[Member], links: Sequence[Link], couples: Sequence[Couple] = (), rtl: bool = False
) -> Drawing:
    """The drawing of one family of one or more members; keys are unique and every link names two of them."""
    generation = _generations(members, links)
    blocks = _blocks(members, generation)
    width = max(_spread(blocks), FULL_WIDTH)
    tops, height = _heights(blocks, members, links)
    plan = _Plan(_boxes(blocks, tops), generation, tops, _node_height(members), width, rtl)
    return Drawing(
        width=width,
        height=height,
        direction="rtl" if rtl else "ltr",
        zones=tuple(_zones(plan, blocks, _home(members, links))),
        edges=(*_couples(plan, couples), *_edges(plan, links)),
        nodes=tuple(_node(plan, member) for member in members),
    )


def _generations(members: Sequence[Member], links: Sequence[Link]) -> dict[str, int]:
    """The row of everybody: below every parent; without parents a minor stands in the second row."""
    parents: dict[str, list[str]] = {member.key: [] for member in members}
    for link in links:
        parents[link.child].append(link.parent)
    has_parents = any(not member.minor for member in members)
    rows: dict[str, int] = {}

    def row(member: Member, above: tuple[str, ...]) -> int:
        if member.key in above:
            raise ValueError("A link makes a member of this family his own ancestor; correct the link.")
        if member.key not in rows:
            over = [row(by_key[parent], (*above, member.key)) for parent in parents[member.key]]
            rows[member.key] = 1 + max(over) if over else int(member.minor and has_parents)
        return rows[member.key]

    by_key = {member.key: member for member in members}
    for member in members:
        row(member, ())
    return rows


def _blocks(members: Sequence[Member], generation: dict[str, int]) -> list[_Block]:
    """One block of columns a place, the place of the person looked at first, the unknown place last."""
    blocks: dict[str, _Block] = {}
    for member in sorted(members, key=lambda each: not each.me):
        blocks.setdefault(member.place, _Block(member.place, {}))
    for member in members:
        blocks[member.place].rows.setdefault(generation[member.key], []).append(member)
    ordered = sorted(blocks.values(), key=lambda block: block.place == "")
    free = COLUMNS - len(ordered)
    while free > 0:
        widest = max(ordered, key=lambda block: block.crowd)
        if widest.crowd < 2:
            break
        widest.columns += 1
        free -= 1
    return ordered


def _spread(blocks: list[_Block]) -> float:
    """Gives each block its left edge and returns the width of the whole."""
    x = float(MARGIN)
    for block in blocks:
        block.start = x
        x += block.width + ZONE_GAP
    return x - ZONE_GAP + MARGIN


def _node_height(members: Sequence[Member]) -> float:
    return 18 + LINE * (1 + max(len(member.lines) for member in members))


def _heights(
    blocks: list[_Block], members: Sequence[Member], links: Sequence[Link]
) -> tuple[dict[int, list[float]], float]:
    """The top of every row of every generation, and the height of the whole."""
    step = _node_height(members) + ROW_GAP + BUS_STEP * max(0, len(_unions(links)) - 1)
    generations = sorted({number for block in blocks for number in block.rows})
    depths = {number: max(block.depth(number) for block in blocks) for number in generations}
    tops: dict[int, list[float]] = {}
    y = float(TOP)
    for number in generations:
        tops[number] = [y + step * line for line in range(depths[number])]
        y += step * depths[number]
    return tops, y - (step - _node_height(members)) + MARGIN + 14


def _boxes(blocks: list[_Block], tops: dict[int, list[float]]) -> dict[str, tuple[float, float]]:
    """The corner of each member's box. A row that does not fill its block stands in the middle of it."""
    boxes: dict[str, tuple[float, float]] = {}
    for block in blocks:
        for number, row in block.rows.items():
            for line in range(block.depth(number)):
                part = row[line * block.columns : (line + 1) * block.columns]
                shift = (block.columns - len(part)) // 2 if number == min(tops) else 0
                for column, member in enumerate(part):
                    x = block.start + (column + shift) * (NODE + GAP)
                    boxes[member.key] = (x, tops[number][line])
    return boxes


def _home(members: Sequence[Member], links: Sequence[Link]) -> str:
    """The family's main place: where the parents of its children are, else where most children are."""
    parents = {link.parent for link in links}
    places = [member.place for member in members if member.key in parents and member.place]
    places = places or [member.place for member in members if member.minor and member.place]
    return max(places, key=places.count) if places else ""


def _zones(plan: _Plan, blocks: list[_Block], home: str) -> list[Zone]:
    """The ground under each known place, from its first row of people to its last."""
    zones = []
    for block in blocks:
        if not block.place:
            continue
        first, last = min(block.rows), max(block.rows)
        at_top = first == min(plan.tops)
        top = plan.tops[first][0] - (26 if at_top else 8)
        bottom = plan.tops[last][block.depth(last) - 1] + plan.node_height + (10 if at_top else 28)
        x, width = block.start - 10, block.width + 20
        words = shorten(block.place, LINE_LETTERS * block.columns)
        label = Text(plan.x(x + 10), top + 17 if at_top else bottom - 10, words)
        apart = block.place != home and any(each.minor for row in block.rows.values() for each in row)
        zones.append(Zone(plan.left(x, width), top, width, bottom - top, label, apart))
    return zones


def _unions(links: Sequence[Link]) -> list[tuple[str, ...]]:
    """The sets of parents that share children, in the order of the links: each gets a line of its own."""
    parents: dict[str, list[str]] = {}
    for link in links:
        parents.setdefault(link.child, []).append(link.parent)
    return list(dict.fromkeys(tuple(both) for both in parents.values()))


def _edges(plan: _Plan, links: Sequence[Link]) -> list[Edge]:
    """A line from each parent down to each child, through the gap beside the parent where rows wrap."""
    lanes = {parent: lane for lane, parent in enumerate(dict.fromkeys(link.parent for link in links))}
    edges = []
    for link in sorted(links, key=lambda each: each.certain):
        px, py = plan.boxes[link.parent]
        cx, cy = plan.boxes[link.child]
        lane = lanes[link.parent]
        start, end = px + NODE / 2, cx + NODE / 2
        bus = cy - 12 - BUS_STEP * lane
        beneath = py + plan.node_height + 8 + BUS_STEP * lane
        direct = plan.first_row(link.child) and plan.last_row(link.parent)
        gutter = px - GAP / 2 + 2 * lane
        points = [(start, py + plan.node_height)]
        if not direct:
            points += [(start, beneath), (gutter, beneath), (gutter, bus)]
        points += [(start, bus)] if direct else []
        points += [(end, bus), (end, cy)]
        edges.append(Edge(plan.path(points), link.certain))
    return edges


def _couples(plan: _Plan, couples: Sequence[Couple]) -> list[Edge]:
    """A line from the side of one parent to the near side of the other."""
    edges = []
    for lane, couple in enumerate(couples):
        (ax, ay), (bx, by) = sorted((plan.boxes[couple.one], plan.boxes[couple.other]))
        turn = ax + NODE + GAP / 2 - 2 * lane
        shift = plan.node_height / 2 + BUS_STEP * lane
        near = bx if bx > ax else bx + NODE
        points = [(ax + NODE, ay + shift), (turn, ay + shift), (turn, by + shift), (near, by + shift)]
        edges.append(Edge(plan.path(points), couple.certain))
    return edges


def _node(plan: _Plan, member: Member) -> Node:
    x, y = plan.boxes[member.key]
    left = plan.left(x, NODE)
    middle = left + NODE / 2
    title = Text(middle, y + 20, shorten(member.name, NAME_LETTERS))
    lines = tuple(
        Text(middle, y + 20 + LINE * number, shorten(words, LINE_LETTERS))
        for number, words in enumerate(member.lines, start=1)
    )
    return Node(member, left, y, NODE, plan.node_height, title, lines)


def shorten(words: str, letters: int) -> str:
    """The words, cut at `letters` with an ellipsis when they are longer."""
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"
