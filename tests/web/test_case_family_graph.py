"""The geometry of the family drawing: nothing overlaps, places stay apart, the unknown stays drawn."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.web.case.family_graph import NODE, draw, shorten
from amana.web.case.family_shapes import Couple, Drawing, Link, Member


def mother(place: str = "Site A", key: str = "m") -> Member:
    return Member(key, "Dilnoza", ("mother, 31",), place, href="/people/m/")


def child(key: str, place: str = "Site A", me: bool = False) -> Member:
    return Member(key, f"Child {key}", ("sister, 15", "seen today"), place, minor=True, me=me)


def father() -> Member:
    return Member("father", "Father not recorded", (), "", known=False)


def node_of(drawing: Drawing, key: str):
    return next(node for node in drawing.nodes if node.member.key == key)


def test_children_stand_below_their_mother() -> None:
    drawing = draw([mother(), child("a"), child("b")], [Link("a", "m", True), Link("b", "m", False)])
    assert node_of(drawing, "a").y > node_of(drawing, "m").y
    assert node_of(drawing, "a").y == node_of(drawing, "b").y
    assert sorted(edge.certain for edge in drawing.edges) == [False, True]


def test_an_unknown_father_is_an_ordinary_node_outside_every_place() -> None:
    couple = [Couple("m", "father", False)]
    drawing = draw([mother(), father(), child("a", me=True)], [Link("a", "m", True)], couple)
    node = node_of(drawing, "father")
    assert not node.member.known
    assert not any(zone.x <= node.x <= zone.x + zone.width for zone in drawing.zones)
    assert len(drawing.edges) == 2


def test_a_child_held_elsewhere_stands_in_a_place_of_its_own_marked_apart() -> None:
    members = [mother(), child("a", me=True), child("b", "State home 2")]
    drawing = draw(members, [Link("a", "m", True), Link("b", "m", True)])
    zones = {zone.label.words: zone for zone in drawing.zones}
    assert zones["State home 2"].apart
    assert not zones["Site A"].apart
    assert node_of(drawing, "b").x >= zones["State home 2"].x


def test_right_to_left_is_the_mirror_image() -> None:
    members = [mother(), father(), child("a", me=True), child("b", "State home 2")]
    links = [Link("a", "m", True), Link("b", "m", True)]
    there, back = draw(members, links), draw(members, links, rtl=True)
    assert back.direction == "rtl"
    for one, other in zip(there.nodes, back.nodes, strict=True):
        assert one.x + one.width == pytest.approx(there.width - other.x)
        assert one.y == other.y


def test_one_person_alone_is_a_drawing() -> None:
    drawing = draw([child("a", me=True)], [])
    assert len(drawing.nodes) == 1
    assert drawing.edges == ()


def test_half_siblings_hang_from_their_own_mothers() -> None:
    members = [mother(key="m"), mother(key="n"), child("a"), child("b")]
    drawing = draw(members, [Link("a", "m", True), Link("b", "n", True)])
    first, second = drawing.edges
    assert first.path.split("L")[1] != second.path.split("L")[1]


def test_a_link_in_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="own ancestor"):
        draw([child("a"), child("b")], [Link("a", "b", True), Link("b", "a", True)])


def test_long_names_are_cut_with_an_ellipsis() -> None:
    assert shorten("Abdurrahmonjon Rashidov", 10) == "Abdurrahm…"
    assert shorten("Amina", 10) == "Amina"


@given(
    adults=st.integers(0, 3),
    places=st.lists(
        st.sampled_from(["Site A", "State home 2", "Clinic", "", "Site B"]), min_size=1, max_size=12
    ),
    rtl=st.booleans(),
)
def test_no_box_overlaps_another_or_leaves_the_paper(adults: int, places: list[str], rtl: bool) -> None:
    mothers = [mother(key=f"m{number}") for number in range(adults)]
    children = [child(str(number), place) for number, place in enumerate(places)]
    links = [Link(each.key, f"m{number % adults}", False) for number, each in enumerate(children) if adults]
    couples = [Couple(each.key, "father", False) for each in mothers]
    drawing = draw([*mothers, father(), *children], links, couples, rtl)
    for node in drawing.nodes:
        assert 0 <= node.x <= drawing.width - NODE
        assert 0 <= node.y <= drawing.height - node.height
    for one, other in combinations(drawing.nodes, 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        stacked = one.y + one.height <= other.y or other.y + other.height <= one.y
        assert beside or stacked
    assert all(zone.x >= 0 and zone.x + zone.width <= drawing.width for zone in drawing.zones)
