"""The demonstration office itself: databases, office, accounts, the list taken in, and what happened since.

Everything is written by the commands a real office uses, each with its entry in the trail. Refuses any
database that holds another office, or that isn't Amana's. Running it again finds what is there and adds
nothing; an interrupted run is taken up where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from amana.apps.accounts import commands as accounts
from amana.apps.accounts import queries as office_queries
from amana.apps.accounts.viewers import Viewer, installer
from amana.apps.audit.preparing import after_tables
from amana.apps.decisions.office_pack import PLACEMENT
from amana.apps.decisions.packs import find_pack, pack_folder, shipped_packs
from amana.apps.placements import commands as places
from amana.apps.placements import queries as place_queries
from amana.apps.registry import queries as register
from amana.casework import intake, nightly
from amana.casework.entering import Progress
from amana.casework.listing import read_list
from amana.core.errors import AmanaError
from amana.exchange.demonstration import acts, caseloads, happenings
from amana.exchange.demonstration.population import LISTED_ON, STANDS_ON, invent
from amana.exchange.demonstration.workbook import WrittenList, write_list
from amana.exchange.sheets import read_workbook
from amana.exchange.vocabulary import intake_vocabulary

PACK = "iraq_2018"
NAME_EN, NAME_AR = "Demonstration office, Baghdad", "مكتب تجريبي، بغداد"
SITE_EN, SITE_AR = "Site A, al-Rusafa (demonstration)", "الموقع أ، الرصافة (تجريبي)"
SENDER = "Camp management, al-Rusafa (demonstration)"


class NotTheDemonstration(AmanaError):
    """This home or database is no demonstration office, so nothing is written here."""


@dataclass(frozen=True)
class SignIn:
    """One account of the demonstration; without a password nobody signs in with it."""

    role: str
    name: str
    email: str
    password: str | None = None


OPERATOR = SignIn("operator", "Demonstration, command line", "operator@demo.example")


def prepare_databases(*, fresh: bool = False) -> str:
    """Bring both databases to this version's tables; says which engine.

    `fresh` throws an existing demonstration office away first. Raises NotTheDemonstration.
    """
    thrown_away = _refuse_others() and fresh
    if thrown_away:
        _throw_away()
    for alias in ("default", "operations"):
        call_command("migrate", database=alias, interactive=False, verbosity=0, skip_checks=True)
    after_tables(by=installer(), at=datetime.now(UTC))
    where = connections["default"].vendor
    return f"{where}, the earlier demonstration thrown away" if thrown_away else where


def check_packs() -> str:
    """Load every pack that is shipped; raises PackFaults with all that is wrong."""
    names = shipped_packs()
    rules = sum(len(find_pack(name).rules) for name in names)
    return f"{', '.join(names)}: {rules} rules, no fault"


def law_of(name_or_path: str) -> str:
    """The pack that an office is opened on, as it is kept: a shipped name as it is, a folder in full. Raises
    `NoSuchPack`, `PackFaults`, or `NotTheDemonstration` for a pack that places nobody.
    """
    if PLACEMENT not in find_pack(name_or_path).decisions:
        raise NotTheDemonstration(
            f"{name_or_path} does not decide the placement of children, so no office stands on it."
        )
    return name_or_path if name_or_path in shipped_packs() else str(pack_folder(name_or_path))


def open_demonstration(sign_ins: Sequence[SignIn], *, at: datetime, pack: str = PACK) -> None:
    """Open the office on a pack (a shipped name or a folder), its site, these accounts and the operator's;
    what is there already stays as it is.
    """
    try:
        office_queries.office()
    except office_queries.NoOffice:
        accounts.open_office(
            name_en=NAME_EN,
            name_ar=NAME_AR,
            demonstration=True,
            stands_on=STANDS_ON,
            pack=pack,
            by=installer(),
            at=at,
        )
    known = {account.email for account in office_queries.accounts(installer())}
    for sign_in in (*sign_ins, OPERATOR):
        if sign_in.email not in known:
            accounts.add_user(**asdict(sign_in), by=installer(), at=at)
    if not place_queries.facilities(operator()):
        places.add_facility(name_en=SITE_EN, name_ar=SITE_AR, kind="detention", by=operator(), at=at)
    caseloads.prepare(place_queries.facilities(operator())[0].ref, at=at)


def write(people: int, seed: int) -> WrittenList:
    """Write the list of invented people to the office's home."""
    path = Path(settings.HOME) / f"demonstration-list-{people}-{seed}.xlsx"
    return write_list(path, invent(people, seed), seed)


def take_in(written: WrittenList, *, at: datetime, progress: Progress) -> str:
    """Read the list in the sandbox, commit it as one batch and decide everybody; says what came of it."""
    viewer = operator()
    earlier = _batch(viewer)
    if earlier:
        return f"the office holds {earlier.added:,} people already"
    reading = read_list(read_workbook(written.path), listed_on=LISTED_ON, vocabulary=intake_vocabulary())
    result = intake.commit(
        reading,
        facility=None,
        sender=SENDER,
        by=viewer,
        at=at,
        on=STANDS_ON,
        file_name=written.path.name,
        progress=progress,
    )
    return (
        f"{result.added:,} people in {result.families} families, {result.warnings} with a warning, "
        f"{result.errors} rows held back, {result.duplicates} written twice"
    )


def tell_what_happened(seed: int, *, at: datetime) -> str:
    """Record what the list doesn't say: deaths, moves, documents; once. Says what it recorded."""
    viewer = operator()
    batch = _batch(viewer)
    return happenings.tell(batch.ref, seed, by=viewer, at=at) if batch else "no list to go by"


def record_acts(seed: int, *, at: datetime) -> str:
    """Record what was done to people of the list, and what the office did; once. Says what it recorded."""
    viewer = operator()
    batch = _batch(viewer)
    return acts.act(_people(batch.ref, viewer), seed, operator=viewer, at=at) if batch else "no list to go by"


def share_cases_out(*, at: datetime) -> str:
    """Share the cases out by family, with referrals and a ward; once. Says who holds how many."""
    viewer = operator()
    batch = _batch(viewer)
    return caseloads.share_out(_people(batch.ref, viewer), by=viewer, at=at) if batch else "no list to go by"


def look_at_everybody(*, at: datetime, progress: Progress) -> str:
    """Hold the safeguards against everybody, as every night does, once; says what was found."""
    if not nightly.due(STANDS_ON):
        return "looked at before"
    found = nightly.run(on=STANDS_ON, by=operator(), at=at, progress=progress).sweep.counts
    verdicts: Counter[str] = Counter()
    for standing in found.standing.values():
        verdicts.update(standing)
    told = ", ".join(f"{verdict.replace('_', ' ')} {count:,}" for verdict, count in sorted(verdicts.items()))
    return f"{found.people:,} people; {told}"


def operator() -> Viewer:
    """The account behind the command line of the demonstration office."""
    found = office_queries.viewer_by_email(OPERATOR.email)
    if found is None:
        raise NotTheDemonstration("This office has no operator. `amana demo` opens the demonstration office.")
    return found


def _batch(viewer: Viewer) -> register.BatchView | None:
    """The demonstration's list as committed, if it was."""
    return next((batch for batch in register.batches(viewer) if batch.sender == SENDER), None)


def _people(batch: str, by: Viewer) -> list[str]:
    """Everybody of the batch, in the order of the sheet."""
    return [line.ref for line in happenings.in_sheet_order(batch, by)]


def _refuse_others() -> bool:
    """Whether a demonstration office is here already; raises where something else is."""
    tables = set(connections["default"].introspection.table_names())
    if not tables:
        return False
    if "accounts_office" not in tables:
        raise NotTheDemonstration(
            "The database that DATABASE_URL names holds tables that aren't Amana's. Name an empty one."
        )
    try:
        here = office_queries.office()
    except office_queries.NoOffice:
        _refuse_strangers(tables)
        return False
    if not here.demonstration:
        raise NotTheDemonstration(
            f"{settings.HOME} holds an office that is no demonstration. Nothing was changed. "
            "Set AMANA_HOME to another directory (and DATABASE_URL to another database)."
        )
    return True


def _refuse_strangers(tables: set[str]) -> None:
    """An unopened office must be empty: accounts without an office mean somebody has begun a real one."""
    if "accounts_user" in tables and office_queries.accounts(installer()):
        raise NotTheDemonstration(
            f"{settings.HOME} holds accounts but no office. Set AMANA_HOME to another directory."
        )


def _throw_away() -> None:
    """Remove the files of a demonstration office on SQLite. A server's database is its owner's to drop."""
    if connections["default"].vendor != "sqlite":
        raise NotTheDemonstration(
            "--fresh removes files, and this office is on a database server. Drop that database, create it "
            "again and run `amana demo`."
        )
    files = [Path(connections[alias].settings_dict["NAME"]) for alias in ("default", "operations")]
    connections.close_all()
    for file in files:
        for ending in ("", "-wal", "-shm"):
            Path(f"{file}{ending}").unlink(missing_ok=True)


__all__ = [
    "STANDS_ON",
    "NotTheDemonstration",
    "SignIn",
    "check_packs",
    "law_of",
    "look_at_everybody",
    "open_demonstration",
    "operator",
    "prepare_databases",
    "record_acts",
    "share_cases_out",
    "take_in",
    "tell_what_happened",
    "write",
]
