"""What claims establish: intersect, hull, displace, never guess."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from amana.core.dates import DateSpan
from amana.core.facts import AllOf, Standing
from amana.core.identity import Claim, establish

ON = date(2018, 2, 15)


def birth(earliest, latest, standing=Standing.CLAIMED, source="list"):
    """A claim about birth, from whole years or days."""
    start = date(earliest, 1, 1) if isinstance(earliest, int) else earliest
    end = date(latest, 12, 31) if isinstance(latest, int) else latest
    return Claim("birth", "as stated", standing, source, ON, span=DateSpan(start, end))


def nation(*codes, standing=Standing.CLAIMED, source="list"):
    """A claim about nationality."""
    return Claim("nationality", "as stated", standing, source, ON, codes=frozenset(codes))


def flag(value, standing=Standing.CLAIMED, source="list"):
    """A claim about a yes or no."""
    return Claim("pregnant", "as stated", standing, source, ON, flag=value)


def test_an_uncontradicted_claim_counts_whatever_its_standing():
    found = establish([birth(2010, 2010)], ON)["birth"]
    assert (found.value, found.standing, found.disputed) == (
        DateSpan(date(2010, 1, 1), date(2010, 12, 31)),
        Standing.CLAIMED,
        False,
    )


def test_compatible_births_intersect_and_stand_as_firmly_as_the_weakest_that_shapes_them():
    found = establish([birth(2009, 2011, Standing.CONFIRMED, "paper"), birth(2011, 2013)], ON)["birth"]
    assert found.value == DateSpan(date(2011, 1, 1), date(2011, 12, 31))
    assert (found.standing, found.source, found.disputed) == (Standing.CLAIMED, "list;paper", False)


def test_a_weaker_claim_that_adds_nothing_does_not_weaken():
    found = establish([birth(2010, 2010, Standing.CONFIRMED, "paper"), birth(2009, 2013)], ON)["birth"]
    assert (found.standing, found.source) == (Standing.CONFIRMED, "paper")


def test_incompatible_births_of_equal_standing_give_their_hull_disputed():
    found = establish([birth(2005, 2005), birth(2008, 2008)], ON)["birth"]
    assert found.value == DateSpan(date(2005, 1, 1), date(2008, 12, 31)) and found.disputed


def test_higher_standing_displaces_an_incompatible_lower_claim():
    found = establish([birth(2005, 2005), birth(2008, 2008, Standing.SUPPORTED, "doctor")], ON)["birth"]
    assert found.value == DateSpan(date(2008, 1, 1), date(2008, 12, 31)) and not found.disputed


def test_a_refuted_claim_never_counts():
    assert "birth" not in establish([birth(2005, 2005, Standing.REFUTED)], ON)
    assert establish([birth(2005, 2005, Standing.REFUTED), birth(2008, 2008)], ON)["birth"].disputed is False


def test_a_birth_after_the_day_asked_about_is_invalid_unless_displaced():
    after = birth(2019, 2019)
    assert establish([after], ON)["birth"].invalid == "after_the_day_asked_about"
    assert establish([after, birth(2010, 2010)], ON)["birth"].invalid
    assert establish([after, birth(2010, 2010, Standing.CONFIRMED)], ON)["birth"].invalid is None


def test_a_birth_year_still_running_ends_on_the_day_asked_about():
    assert establish([birth(2018, 2018)], ON)["birth"].value == DateSpan(date(2018, 1, 1), ON)


def test_a_claim_that_contradicts_itself_is_invalid():
    broken = Claim("birth", "31 February", Standing.CLAIMED, "list", ON, contradiction="impossible_date")
    assert establish([broken], ON)["birth"].invalid == "impossible_date"


def test_codes_of_equal_standing_give_the_set_disputed():
    found = establish([nation("TUR"), nation("IRQ", source="interview")], ON)["nationality"]
    assert (found.value, found.disputed) == (frozenset({"TUR", "IRQ"}), True)


def test_two_nationalities_in_one_cell_stand_side_by_side():
    found = establish([nation("TUR"), nation("IRQ")], ON)["nationality"]
    assert (found.value, found.disputed) == (frozenset({"TUR", "IRQ"}), False)


def test_a_dual_nationality_confirmed_on_both_sides_holds_both():
    claims = [nation("TUR", standing=Standing.CONFIRMED, source=f"consul {n}") for n in (1, 2)]
    claims.append(nation("IRQ", standing=Standing.CONFIRMED, source="registry"))
    found = establish(claims, ON)["nationality"]
    assert found.value == AllOf({"TUR", "IRQ"}) and isinstance(found.value, AllOf) and not found.disputed


def test_a_confirmed_claim_of_one_or_the_other_proves_neither():
    either = frozenset({"IRQ", "UZB"})
    claim = Claim("nationality", "IRQ;UZB", Standing.CONFIRMED, "court", ON, codes=either)
    found = establish([claim], ON)["nationality"]
    assert found.value == either and not isinstance(found.value, AllOf)


def test_contradicting_answers_leave_a_yes_or_no_open_and_disputed():
    found = establish([flag(True), flag(False, source="doctor")], ON)["pregnant"]
    assert (found.value, found.disputed) == (None, True)
    assert establish([flag(True), flag(False, Standing.SUPPORTED)], ON)["pregnant"].value is False


_DAYS = st.dates(date(1950, 1, 1), date(2018, 2, 15))
_STANDINGS = st.sampled_from([Standing.CLAIMED, Standing.SUPPORTED, Standing.CONFIRMED])


@st.composite
def births(draw):
    """A birth claim of any standing, up to six years wide."""
    start = draw(_DAYS)
    end = min(start + timedelta(days=draw(st.integers(0, 2000))), ON)
    return birth(start, end, draw(_STANDINGS), draw(st.sampled_from("abc")))


@given(
    st.lists(births(), min_size=1, max_size=5).flatmap(lambda c: st.tuples(st.just(c), st.permutations(c)))
)
def test_the_order_of_claims_does_not_matter(both):
    claims, shuffled = both
    assert establish(claims, ON) == establish(shuffled, ON)


@given(st.lists(births(), min_size=1, max_size=5))
def test_an_undisputed_birth_lies_within_every_claim_of_the_highest_standing(claims):
    found = establish(claims, ON)["birth"]
    top = max(claim.standing.rank for claim in claims)
    for claim in claims:
        if claim.standing.rank == top and not found.disputed:
            assert claim.span.earliest <= found.value.earliest <= found.value.latest <= claim.span.latest


@given(st.lists(births(), min_size=1, max_size=5))
def test_a_birth_never_leaves_the_hull_of_its_claims(claims):
    found = establish(claims, ON)["birth"]
    assert min(claim.span.earliest for claim in claims) <= found.value.earliest
    assert found.value.latest <= max(claim.span.latest for claim in claims)


@given(st.lists(births(), min_size=1, max_size=4), births())
def test_a_refuted_claim_changes_nothing(claims, other):
    refuted = birth(other.span.earliest, other.span.latest, Standing.REFUTED)
    assert establish([*claims, refuted], ON) == establish(claims, ON)
