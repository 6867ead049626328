"""Each refusal about allegations by itself, and that an empty answer is no answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from alleged import AT, EXAMINERS, HERS, confirmed, telling, watched

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.allegations import commands, queries
from amana.apps.allegations.models import Allegation
from amana.apps.placements.queries import facilities
from amana.apps.registry import queries as registry
from amana.casework import allegations
from amana.casework.allegations import AllegationRefused
from small_office import TODAY, settle

pytestmark = pytest.mark.django_db
NOBODYS = "A-222222"


@pytest.fixture
def child(cast: SimpleNamespace, tmp_path: Path) -> str:
    settle(cast.registrar, tmp_path, people=12)
    watched(cast)
    return registry.people(cast.caseworker, on=TODAY, limit=1).rows[0].ref


@pytest.fixture
def told(cast: SimpleNamespace, child: str) -> str:
    return allegations.take(child, telling(), by=cast.caseworker, at=AT)


def refused(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(AllegationRefused) as found:
        act()
    return found.value.code, found.value.field


def only(viewer: Viewer, *permissions: str) -> Viewer:
    """The viewer behind a pass of the command line that holds these permissions alone."""
    return replace(viewer, scopes=frozenset(permissions), trail=[])


def test_a_pass_without_the_permission_learns_of_nothing(cast: SimpleNamespace, told: str) -> None:
    answering, seeing = only(cast.monitor, queries.ANSWER), only(cast.monitor, queries.SEE)
    found = queries.opened(cast.monitor, told, HERS)
    for act in (
        lambda: queries.how_many(answering),
        lambda: queries.lines(answering, HERS),
        lambda: queries.opened(answering, told, HERS),
        lambda: queries.line(seeing, told),
        lambda: queries.envelopes(seeing, told),
        lambda: allegations.acknowledge(told, by=seeing, at=AT),
        lambda: allegations.who_may_examine(seeing, found),
    ):
        with pytest.raises(NotForYou):
            act()
    assert queries.lines(seeing) == () and queries.waiting(seeing) == 0 == len(seeing.trail)
    assert [line.ref for line in queries.lines(seeing, HERS)] == [told] and seeing.trail == []
    assert queries.waiting(answering) == 1 and queries.line(answering, told).ref == told
    assert answering.trail == [told]


def test_the_monitor_sees_every_line_with_and_without_her_key(cast: SimpleNamespace, told: str) -> None:
    for key in (None, HERS, EXAMINERS):
        monitor = replace(cast.monitor, trail=[])
        assert [line.ref for line in queries.lines(monitor, key)] == [told] == monitor.trail
    assert queries.lines(cast.health_worker) == () == queries.lines(cast.health_worker, EXAMINERS)
    assert queries.lines(cast.data_protection, HERS) == ()
    assert [queries.how_many(each) for each in (cast.monitor, cast.data_protection)] == [1, 1]
    assert queries.how_many(cast.caseworker) is None
    for act in (
        lambda: queries.line(cast.monitor, NOBODYS),
        lambda: queries.opened(cast.monitor, NOBODYS, HERS),
    ):
        with pytest.raises(NotForYou):
            act()


def test_what_is_closed_is_asked_of_nobody_and_closed_in_words(cast: SimpleNamespace, told: str) -> None:
    confirmed(cast.health_worker, EXAMINERS, cast.data_protection)
    examiner = str(cast.health_worker.audit_id)
    for words, code in ((" ", "missing"), ("a" * 4001, "too_long"), ("no\u202ething", "hidden_characters")):
        assert refused(
            lambda words=words: allegations.close(told, words, key=HERS, by=cast.monitor, at=AT)
        ) == (code, "closing")
    allegations.close(told, "Nothing was found.", key=HERS, by=cast.monitor, at=AT)
    assert refused(lambda: allegations.ask(told, examiner, key=HERS, by=cast.monitor, at=AT)) == (
        "closed",
        "",
    )


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"agreed": "perhaps"}, "unknown_code"),
        ({"when": "x" * 201}, "too_long"),
        ({"against": "x" * 1001}, "too_long"),
        ({"words": "x\u202ey"}, "hidden_characters"),
    ],
)
def test_what_is_wrong_in_one_thing_is_refused_for_that(
    cast: SimpleNamespace, child: str, other: dict[str, str], code: str
) -> None:
    def act() -> str:
        return allegations.take(child, telling(**other), by=cast.caseworker, at=AT)

    assert refused(act) == (code, next(iter(other)))
    assert not Allegation.objects.exists()


def test_what_is_short_and_right_is_taken_each_time_anew(cast: SimpleNamespace, child: str) -> None:
    place = facilities(cast.caseworker)[0]
    short = telling(words="No.", when="", against="", agreed="not_asked", place=place.ref)
    taken = [allegations.take(child, short, by=cast.caseworker, at=AT) for _ in "ab"]
    assert len(set(taken)) == 2 == Allegation.objects.count()
    assert set(Allegation.objects.values_list("token", flat=True)) == {None}
    assert queries.opened(cast.monitor, taken[0], HERS).told["place_en"] == place.name_en
    assert commands.taken_before("") == "" == commands.taken_before("b" * 32)
    assert commands.names_of("P-222222") == ("", "")
    assert all(commands.names_of(child))
