"""Going live: what must be so before an office takes in others than invented people.

An office without people is served, so that it can be set up. Nobody is registered in it, and once somebody
is it isn't served, while a condition is a fault; a warning is told and stops nothing, for children in the
office are not helped by closing it. Backups and the impact assessment are remembered in the trail itself,
where nobody can put them in afterwards. The demonstration is exempt, and a real office never grows out of it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings

from amana.apps.accounts import custody, health
from amana.apps.accounts.examiners import examiners
from amana.apps.accounts.factors import accounts_without
from amana.apps.accounts.in_use import roles_in_use
from amana.apps.accounts.queries import NoOffice, office
from amana.apps.accounts.readiness import Finding
from amana.apps.accounts.viewers import Viewer, installer
from amana.apps.audit import anchoring, remembered
from amana.apps.audit.recording import recording
from amana.apps.decisions.office_pack import office_pack
from amana.apps.registry.peopled import peopled
from amana.core.errors import AmanaError

BACKED_UP = "office.backed_up"
ASSESSED = "office.impact_assessed"
BACKUP_DUE = timedelta(days=7)
LONGEST_ASSESSED = timedelta(days=366)
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
WATCHING = {
    "data_protection": "data protection officer",
    "monitor": "independent monitor",
}


class NotFit(AmanaError):
    """The office isn't fit for real people; the text has each condition that is missing, with its mend."""


class AssessmentRefused(AmanaError):
    """An impact assessment can't be signed as asked."""


def require(at: datetime) -> None:
    """Raise `NotFit` while a condition of an office of real people is missing; the demonstration is exempt.

    Raises `NoOffice` before one is opened.
    """
    if office().demonstration:
        return
    missing = [found for found in conditions(at) if found.state == "fault"]
    if missing:
        lines = "\n".join(f"  {found.subject}: {found.words}. {found.mend}" for found in missing)
        raise NotFit(
            f"This office isn't fit for people who are not invented:\n{lines}\n"
            "`amana doctor --live` shows every condition."
        )


def require_to_serve(at: datetime) -> None:
    """`require`, once anybody is registered. Raises as it does."""
    if office().demonstration or peopled():
        require(at)


def conditions(at: datetime) -> tuple[Finding, ...]:
    """Every condition for going live, met or not."""
    try:
        return (
            _kind(),
            _transport(),
            *_keys(),
            _factors(),
            _anchors(at),
            _backup(at),
            _assessment(at),
            *_watching(),
            _monitors_key(),
            _examiner(),
            _law(),
        )
    except NoOffice:
        mend = "`amana office open` opens one; `amana demo` opens the demonstration."
        return (Finding("office", "fault", "no office has been opened here", mend),)


def note_backup(*, digest: str, rows: int, at: datetime) -> None:
    """Remember that a backup was made and restored on trial; `digest`: the SHA-256 of its file."""
    with recording(installer(), at) as log:
        log.entry(BACKED_UP, "office", {"sha256": digest, "rows": rows})


def sign_assessment(*, digest: str, review_by: date, by: Viewer, at: datetime) -> None:
    """Sign the impact assessment of this office, as its data protection officer: `digest` is the SHA-256 of
    the signed document, which stays outside. Raises `AssessmentRefused`, `NotForYou`.
    """
    by.require("office.assess")
    if not at.date() < review_by <= (at + LONGEST_ASSESSED).date():
        raise AssessmentRefused(
            f"{review_by} is no day to look at it again. Name one after today, within a year."
        )
    with recording(by, at) as log:
        log.entry(ASSESSED, "office", {"sha256": digest, "review_by": review_by.isoformat()})


def _kind() -> Finding:
    here = office()
    if here.demonstration:
        mend = "Open another with `amana office open` in an empty AMANA_HOME."
        return Finding("office", "fault", "a demonstration; a real office never grows out of one", mend)
    if here.stands_on:
        mend = "Open another with `amana office open` in an empty AMANA_HOME."
        return Finding("office", "fault", f"stands still on {here.stands_on}", mend)
    return Finding("office", "well", "an office of real people, which goes with the clock")


def _transport() -> Finding:
    if settings.PLAIN_HTTP:
        mend = "Unset AMANA_PLAIN_HTTP; a proxy on this machine ends https."
        return Finding("transport", "fault", "cookies would travel without https", mend)
    names = {name.strip() for name in settings.ALLOWED_HOSTS} - LOOPBACK
    if not names or any("*" in name for name in names):
        words = "answers to no name of its own" if not names else "answers to every name"
        return Finding("transport", "fault", words, "Set AMANA_HOSTS to the name that its users type.")
    return Finding("transport", "well", f"https only, answers to {', '.join(sorted(names))}")


def _keys() -> list[Finding]:
    """One line where all is well; each fault otherwise."""
    found = health.keys()
    faults = [each for each in found if each.state != "well"]
    return faults or [Finding("keys", "well", "all present, readable by the office alone")]


def _factors() -> Finding:
    without = accounts_without()
    if without:
        words = f"{without} accounts have none yet"
        return Finding("second factor", "warning", words, "They set it up first when they sign in.")
    return Finding("second factor", "well", "every account has one")


def _anchors(at: datetime) -> Finding:
    found = health.anchors(at)
    if anchoring.folder() is None:
        mend = "Set AMANA_ANCHORS to a folder of the monitor's that this machine can write but not change."
        return Finding("anchors", "fault", "no anchor of the trail leaves this office", mend)
    if anchoring.newest() is None:
        return Finding("anchors", "fault", "none has been kept yet", "`amana audit anchor --keep` keeps one.")
    state = "warning" if found.state == "fault" else found.state
    return Finding("anchors", state, found.words, found.mend)


def _backup(at: datetime) -> Finding:
    last = remembered.last(BACKED_UP)
    mend = "`amana backup FILE` makes one and restores it on trial; let it run each night."
    if last is None:
        return Finding("backup", "fault", "none was ever made and restored on trial", mend)
    words = f"the last was restored on trial at {last.at:%Y-%m-%d %H:%M} UTC"
    return Finding("backup", "warning" if at - last.at > BACKUP_DUE else "well", words, mend)


def _assessment(at: datetime) -> Finding:
    last = remembered.last(ASSESSED)
    mend = "`amana office assess FILE --review-by DATE` signs it, as the data protection officer."
    if last is None or "review_by" not in last.told:
        return Finding("impact assessment", "fault", "none is signed", mend)
    again = date.fromisoformat(last.told["review_by"])
    words = f"signed on {last.at:%Y-%m-%d}, to be looked at again by {again}"
    return Finding("impact assessment", "warning" if at.date() > again else "well", words, mend)


def _watching() -> list[Finding]:
    """Whether those are there who watch the office from outside its administration."""
    there = roles_in_use()
    missing = [title for role, title in WATCHING.items() if role not in there]
    if not missing:
        return [Finding("watching", "well", "an independent monitor and a data protection officer are there")]
    mend = "`amana user add EMAIL --role ROLE`; a second person outside the administration confirms it."
    return [Finding("watching", "fault", f"there is no {title}", mend) for title in missing]


def _monitors_key() -> Finding:
    """Whether what is told of ill-treatment can be kept at all: it is sealed to the monitor's key."""
    if custody.publics("monitor"):
        return Finding("monitor's key", "well", "what is told of ill-treatment is sealed to it")
    mend = "The monitor: `amana keys custody make --out FILE`, offered and confirmed on the page Keys."
    words = "none is confirmed: what is told of ill-treatment can't be kept"
    return Finding("monitor's key", "fault", words, mend)


def _examiner() -> Finding:
    if examiners():
        return Finding("examiner", "well", "somebody with a confirmed key can be named to examine")
    mend = "A health worker outside the facilities makes and offers a key as the monitor does."
    return Finding("examiner", "warning", "nobody who holds a key can be named to examine", mend)


def _law() -> Finding:
    try:
        used = office_pack()
    except NoOffice:
        raise
    except AmanaError as reason:
        return Finding("pack", "fault", str(reason), "`amana packs check` names every fault.")
    if used.status == "unreviewed":
        words = f"{used.id} is unreviewed: it informs, and supports no stay, letter or handover"
        return Finding("pack", "warning", words, "Have it reviewed by counsel of this country.")
    return Finding("pack", "well", f"{used.id}, {used.status}")
