"""`amana office`: open an office of real people, and sign its impact assessment.

Opening it registers nobody. `amana doctor --live` says what is missing before anybody may be registered.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import click

from amana.cli._options import DAY
from amana.core.errors import AmanaError
from amana.start import signed_in_at_work, start_office

NEXT = """{name} is open; nobody is registered in it. What comes next, in this order:
  1. Copy {home}/keys to two places that don't burn, flood or fall together with this machine.
  2. Set AMANA_HOSTS to the name its users type, and let a proxy on this machine end https.
  3. Set AMANA_ANCHORS to a folder of the monitor's that this machine can't change later;
     `amana audit anchor --keep` keeps the first.
  4. `amana serve`: the administrator signs in, sets up a second factor and asks for the other accounts,
     a data protection officer and an independent monitor among them.
  5. `amana backup FILE` outside {home}; let it run each night.
  6. The data protection officer signs the impact assessment: `amana office assess FILE --review-by DATE`.
  7. `amana doctor --live` until it finds no fault. Until then nobody can be registered."""


class OfficeRefused(AmanaError):
    """An office can't be opened here."""


@click.group("office")
def command() -> None:
    """Open an office of real people; sign its impact assessment."""


@command.command("open")
@click.option("--name-en", required=True, metavar="TEXT", help="Its name in English.")
@click.option("--name-ar", required=True, metavar="TEXT", help="Its name in Arabic.")
@click.option(
    "--pack", required=True, metavar="NAME|PATH", help="The law: a shipped pack or a folder of yours."
)
@click.option("--administrator", required=True, metavar="EMAIL", help="Who keeps its accounts.")
@click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The administrator's first password, on its first line. Default: it is asked for.",
)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def open_command(
    *, name_en: str, name_ar: str, pack: str, administrator: str, password_file: Path | None, as_json: bool
) -> None:
    """Open an office of real people in an empty AMANA_HOME, with its administrator. Says what comes next."""
    start_office()
    from django.conf import settings
    from django.core.management import call_command

    from amana.exchange import opening

    law = opening.law_of(pack)
    password = _password(password_file)
    opening.refuse_weak(password)
    opening.refuse_occupied()
    for alias in ("default", "operations"):
        call_command("migrate", database=alias, interactive=False, verbosity=0, skip_checks=True)
    opening.open_real_office(
        name_en=name_en, name_ar=name_ar, pack=law, administrator=administrator, password=password,
        at=datetime.now(UTC),
    )  # fmt: skip
    if as_json:
        click.echo(json.dumps({"home": str(settings.HOME), "pack": law, "administrator": administrator}))
    else:
        click.echo(NEXT.format(name=name_en, home=settings.HOME))


@command.command("assess")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--review-by", required=True, type=DAY, help="The day it is looked at again, within a year.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def assess_command(file: Path, review_by: date, as_json: bool) -> None:
    """Sign FILE as the impact assessment of this office, as its data protection officer.

    Only the digest of the file goes into the trail; keep the file itself with the officer and the monitor.
    """
    at_work = signed_in_at_work()
    from amana.casework import going_live
    from amana.exchange.backup.container import digest

    try:
        told = digest(file)
    except OSError as error:
        raise OfficeRefused(f"{file} can't be read ({error.strerror}). Name the signed document.") from error
    going_live.sign_assessment(digest=told, review_by=review_by, by=at_work.viewer, at=at_work.now)
    if as_json:
        click.echo(json.dumps({"sha256": told, "review_by": review_by.isoformat()}))
    else:
        click.echo(f"{file} is signed as the impact assessment, to be looked at again by {review_by}: {told}")


def _password(file: Path | None) -> str:
    if file is None:
        answer: str = click.prompt(
            "The administrator's first password", hide_input=True, confirmation_prompt=True
        )
        return answer
    try:
        return (file.read_text("utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError) as error:
        raise OfficeRefused(f"{file} can't be read. Name a file with the password.") from error
