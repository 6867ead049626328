"""Hold the safeguards against people as of a day, and keep what is found as episodes.

One function looks at a group of people, whoever asks: after a change at those it concerns (`sweep_people`),
over everybody (`sweep_all`), or without keeping anything (`look`, `stand`). So incremental equals whole, and
a second sweep changes nothing. Nothing but facts, the day and the law ends a finding; where the law alone
did, the episode says so. Equal states of knowledge are judged once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import Log, recording
from amana.apps.decisions.office_pack import office_pack, text_of
from amana.apps.decisions.versions import hold_law, keep_office_pack
from amana.apps.jobs import commands as jobs
from amana.apps.jobs import queries as job_queries
from amana.apps.oversight import circles, commands, queries
from amana.apps.oversight.answers import Watched
from amana.apps.oversight.episodes import PLAN, Changes, Found, Standing, SweepCounts, changes
from amana.apps.oversight.turns import take_every_turn
from amana.apps.registry import queries as register
from amana.apps.registry.erasing import erased_among, how_many_erased
from amana.casework.entering import Progress, quiet
from amana.casework.occasions import occasions_on, stored_columns
from amana.casework.snapshot import facts_on, groups
from amana.casework.tasks import raise_tasks
from amana.core.dates import DateSpan
from amana.core.facts import FactRow
from amana.core.policy import Pack
from amana.core.safeguards import Finding, Occasion, SafeguardVerdict, find, find_all
from amana.core.safeguards.days import begun_on

AT_ONCE = 2000
MAY = ("oversight.see", "people.amend", "people.register", "law.adopt")
"""Whoever may cause a sweep: it shows nothing to anybody."""

LIST_JOB = "oversight.sweep"
LISTS = UUID("5c1d3c42-3d5a-4a6e-9a57-2f4f4d4b1a10")
"""Names the jobs of lists, so that each list has one."""

_FINDS = {verdict: str(verdict) for verdict in SafeguardVerdict}


@dataclass(frozen=True)
class SweepReport:
    """What a sweep of everybody came to: `kept` or only looked at, under which law, and the counts.

    `first`: the first day on which anybody is on record anywhere, where `on` lies before it: then nobody was
    looked at. `erased`: of how many people of whom something was said on that day nothing is said any more:
    they count for nothing here, though they may have counted in what was found then.
    """

    on: date
    pack: str
    pack_hash: str
    kept: bool
    counts: SweepCounts
    first: date | None = None
    erased: int = 0


@dataclass(frozen=True)
class Seen:
    """A group of people as of a day: facts, occasions, and what the safeguards find there."""

    rows: Mapping[str, FactRow]
    occasions: Mapping[str, Sequence[Occasion]]
    found: Sequence[Found]


def sweep_people(refs: Sequence[str], *, on: date, log: Log) -> SweepCounts:
    """Look at these people as of `on` and keep what is found, in the open transaction; nobody else is looked
    at (`apps.oversight.circles` says whom a change may concern).
    """
    hold_law()
    pack, counts = office_pack(), SweepCounts()
    if refs:
        keep_office_pack(pack, log)
    for group in groups(list(dict.fromkeys(refs))):
        _keep(see(pack, group, on), commands.standing(group), pack, on, counts)
        counts.people += len(group)
    return counts


def sweep_all(
    *, on: date, by: Viewer, at: datetime, progress: Progress = quiet, nightly: bool = False
) -> SweepReport:
    """Look at everybody and at every stored column as of `on`, the office's day, and keep what is found.

    Group by group, each in its own transaction: whoever works meanwhile waits for one group at most. An
    interrupted run of the same day and law is taken up where it stopped. Tasks follow, group by group.
    Raises `NotForYou`.
    """
    _require(by)
    pack, total = office_pack(), circles.how_many()
    with recording(by, at) as log:
        run = commands.begin_sweep(on=on, pack_hash=pack.hash, nightly=nightly, log=log)
    counts, after = SweepCounts(people=run.people), run.after
    counts.take_up(run.counts)
    progress(counts.people, max(total, counts.people), "sweep")
    while refs := circles.people_after(after, AT_ONCE):
        with recording(by, at) as log:
            take_every_turn()
            if office_pack().hash != pack.hash:
                break
            _follow(refs, on, log, counts)
            after = refs[-1]
            commands.advance_sweep(run.id, after=after, people=counts.people, counts=counts.plain())
        progress(counts.people, max(total, counts.people), "sweep")
    if office_pack().hash != pack.hash:
        return sweep_all(on=on, by=by, at=at, progress=progress, nightly=nightly)
    with recording(by, at) as log:
        sweep_columns(pack, on=on, counts=counts)
        commands.advance_sweep(run.id, after=after, people=counts.people, counts=counts.plain())
        commands.finish_sweep(run.id, log=log)
    counts.standing = queries.counts()
    return SweepReport(on, pack.id, pack.hash, kept=True, counts=counts)


def sweep_list(batch: str, *, on: date, by: Viewer, at: datetime, progress: Progress = quiet) -> SweepCounts:
    """Look at the people of a list, and at those it may concern, as of `on`, group by group with their tasks.
    Raises `NotForYou`.
    """
    _require(by)
    refs, counts = circles.circle(circles.of_batch(batch)), SweepCounts()
    progress(0, len(refs), "sweep")
    for group in groups(refs):
        with recording(by, at) as log:
            take_every_turn()
            _follow(group, on, log, counts)
        progress(counts.people, len(refs), "sweep")
    return counts


def ask_for_sweep(batch: str, *, by: Viewer, at: datetime) -> UUID:
    """Have a worker look at the people of a list, once; the job's id. Raises `NotForYou` for an asker without
    an account.
    """
    job_id = uuid5(LISTS, batch)
    if not job_queries.was_asked(job_id):
        jobs.enqueue(kind=LIST_JOB, arguments={"batch": batch}, by=by, at=at, job_id=job_id)
    return job_id


def look(viewer: Viewer, on: date, *, progress: Progress = quiet) -> SweepReport:
    """What a sweep as of any day would find, from what is on record today; nothing is kept, and of a day
    before the first record nothing is found. Raises `NotForYou`.
    """
    viewer.require("oversight.see")
    pack, counts, total = office_pack(), SweepCounts(), circles.how_many()
    first, erased = circles.first_day(), how_many_erased(on)
    if first is not None and on < first:
        return SweepReport(on, pack.id, pack.hash, kept=False, counts=counts, first=first)
    nothing, after = Changes(), ""
    while refs := circles.people_after(after, AT_ONCE):
        counts.count(nothing, frozenset(), see(pack, refs, on).found)
        after = refs[-1]
        counts.people += len(refs)
        progress(counts.people, total, "sweep")
    counts.count(nothing, frozenset(), _columns_found(pack, on))
    return SweepReport(on, pack.id, pack.hash, kept=False, counts=counts, erased=erased)


def stand(viewer: Viewer, ref: str, on: date) -> tuple[Watched, ...]:
    """What every safeguard says of one person as the case stands, no breach found included, with the waivers
    that hold; in the order of the occasions and of the pack. Raises `NotForYou`.
    """
    viewer.require("oversight.see")
    register.person(viewer, ref)
    pack = office_pack()
    if erased_among([ref]):
        return ()
    row, occasions = facts_on([ref], on)[0], occasions_on([ref], on).get(ref, ())
    by_key = {occasion.key: occasion for occasion in occasions}
    waived = {
        (line.safeguard, line.key, line.verdict): line.waiver
        for line in queries.of_person(viewer, ref, on=on)
        if line.waiver is not None
    }
    return tuple(
        Watched(
            pack.safeguards[each.safeguard],
            by_key[each.key],
            each,
            waived.get((each.safeguard, each.key, str(each.verdict))),
        )
        for each in find_all(pack, row, occasions)
    )


def see(pack: Pack, refs: Sequence[str], on: date) -> Seen:
    """What the safeguards of a pack find of these people as of a day: of whom nothing is said in the register
    any more, nothing.
    """
    erased = erased_among(refs)
    refs = [ref for ref in refs if ref not in erased]
    rows = {row.ref: row for row in facts_on(refs, on)}
    occasions = occasions_on(refs, on)
    places = circles.facilities(refs, on)
    found = [
        each
        for ref, row in rows.items()
        for each in _all_found(pack, row, occasions.get(ref, ()), places.get(ref, ""))
    ]
    return Seen(rows, occasions, found)


def sweep_columns(pack: Pack, *, on: date, counts: SweepCounts) -> None:
    """Look at every stored column, and keep what is found; inside `recording`."""
    found = _columns_found(pack, on)
    _keep(Seen({}, {}, found), commands.standing_of_nobody(), pack, on, counts)


def _columns_found(pack: Pack, on: date) -> list[Found]:
    return _all_found(pack, FactRow("", on, {}), stored_columns(on), "")


def _all_found(pack: Pack, row: FactRow, occasions: Sequence[Occasion], facility: str) -> list[Found]:
    """What the safeguards of a pack find at these occasions of one person, or of nobody."""
    by_key = {occasion.key: occasion for occasion in occasions}
    return [
        _found(pack, each, by_key[each.key], facility)
        for each in find_all(pack, row, occasions)
        if each.verdict is not SafeguardVerdict.NO_BREACH
    ]


def _found(pack: Pack, finding: Finding, occasion: Occasion, facility: str) -> Found:
    due = finding.due or _NO_DUE
    safeguard, kind = pack.safeguards[finding.safeguard], pack.records.get(occasion.kind)
    return Found(
        finding.person or None,
        finding.safeguard,
        finding.key,
        _FINDS[finding.verdict],
        due.earliest,
        due.latest,
        ";".join(finding.needs),
        ";".join(finding.possible) if finding.verdict is SafeguardVerdict.UNDETERMINED else "",
        facility,
        begun_on(finding, safeguard, kind, occasion),
        occasion.key.startswith(PLAN),
    )


_NO_DUE = DateSpan(None, None)


def _follow(refs: Sequence[str], on: date, log: Log, counts: SweepCounts) -> None:
    """Look at a group of people and raise what follows, in the open transaction."""
    pack = office_pack()
    _keep(see(pack, refs, on), commands.standing(refs), pack, on, counts)
    raise_tasks(refs, on=on, log=log)
    counts.people += len(refs)


def _keep(seen: Seen, standing: Iterable[Standing], pack: Pack, on: date, counts: SweepCounts) -> None:
    """Make the episodes that stand those that are found."""
    to_do = changes(standing, seen.found, pack.hash)
    by_law = _by_law(to_do, seen, pack.hash)
    commands.keep(to_do, on=on, pack_hash=pack.hash, by_law=by_law)
    counts.count(to_do, by_law, seen.found)


def _by_law(to_do: Changes, seen: Seen, pack_hash: str) -> frozenset[int]:
    """The ending episodes that the law under which they were last found would still find today: only the law
    ended them. Where that law is not found any more, the facts can't be shown to have done it.
    """
    return frozenset(old.id for old in to_do.end if old.pack_hash != pack_hash and _still_found(old, seen))


def _still_found(old: Standing, seen: Seen) -> bool:
    text = text_of(old.pack_hash)
    if text is None:
        return True
    person, safeguard, key = old.found.place
    occasions = seen.occasions.get(person, ()) if person else stored_columns(date.min)
    occasion = next((each for each in occasions if each.key == key), None)
    known = text.pack.safeguards.get(safeguard)
    if occasion is None or known is None or occasion.kind != known.watches:
        return False
    row = seen.rows[person] if person else FactRow("", date.min, {})
    return _FINDS[find(text.pack, safeguard, row, occasion).verdict] == old.found.verdict


def _require(by: Viewer) -> None:
    if not any(map(by.may, MAY)):
        raise NotForYou(by.role, MAY[0])
