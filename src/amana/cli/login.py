"""`amana login`: a pass for the commands that follow, made by signing in at the terminal.

It acts as the account that signed in, opens what its scopes name, and ends by itself. Without one, commands
act as the operator in the demonstration office and are refused in every other.
"""

from __future__ import annotations

import getpass
import socket
from datetime import UTC, datetime
from typing import Any

import click

from amana.core.errors import AmanaError
from amana.exchange import pass_file
from amana.start import open_office


class NotSignedIn(AmanaError):
    """What was typed opens nothing; the text tells how long to wait."""


@click.command("login")
@click.argument("email")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    metavar="PERMISSION",
    help="What the pass opens, such as people.see; may be repeated [all that the role does].",
)
@click.option(
    "--hours", type=click.IntRange(1, 24 * 7), default=8, show_default=True, help="How long it lasts."
)
@click.option(
    "--print",
    "printed",
    is_flag=True,
    help="Write the pass to standard output, for AMANA_TOKEN, and keep no file.",
)
def command(email: str, *, scopes: tuple[str, ...], hours: int, printed: bool) -> None:
    """Sign in with EMAIL, password and second factor, and keep a pass for the commands that follow."""
    open_office()
    from django.conf import settings

    from amana.apps.accounts import tokens

    at = datetime.now(UTC)
    viewer = _signed_in(email, at)
    told = tokens.make(scopes=scopes, hours=hours, by=viewer, at=at)
    if printed:
        click.echo(told)
        return
    where = pass_file.keep(settings.HOME, told)
    click.echo(f"Signed in for {hours} h as {viewer.role}. The pass is in {where}; `amana logout` ends it.")


def _signed_in(email: str, at: datetime) -> Any:
    """The viewer behind what is typed. Raises `NotSignedIn`."""
    from amana.apps.accounts import factor_use, factors
    from amana.apps.accounts.queries import office
    from amana.apps.accounts.signing_in import check_password_slowly
    from amana.apps.accounts.viewers import viewer_of

    where = f"terminal of {getpass.getuser()} at {socket.gethostname()}"
    password = click.prompt("Password", hide_input=True, err=True)
    tried = check_password_slowly(email, password, address=where, at=at)
    if tried.user is None:
        raise NotSignedIn(f"E-mail address and password do not belong together.{_hold(tried.wait)}")
    if factors.has_factor(tried.user.pk):
        code = click.prompt("Code of the authenticator, or one from paper", hide_input=True, err=True)
        tried = factor_use.try_code(tried.user.pk, code, address=where, at=at)
        if tried.user is None:
            raise NotSignedIn(f"The code did not fit.{_hold(tried.wait)}")
    elif not office().demonstration:
        raise NotSignedIn("This account has no second factor yet. Sign in on the page first and add one.")
    return viewer_of(tried.user)


def _hold(wait: int) -> str:
    return f" The next try is looked at in {wait} s." if wait else ""
