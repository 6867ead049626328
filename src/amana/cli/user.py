"""`amana user`: the accounts of the demonstration office from the command line.

A role that needs a second person stands as requested until a monitor or a data protection officer confirms
it; where nobody can yet, `amana user confirm` makes the first of them good.
"""

from __future__ import annotations

import click

from amana.start import signed_in_at_work


@click.group("user")
def command() -> None:
    """Add, confirm and close accounts; list them."""


@command.command("add")
@click.argument("email")
@click.option("--role", required=True, help="A role of `amana roles`.")
@click.option("--name", default="", help="How colleagues know her; the e-mail unless given.")
@click.option("--team", default="", metavar="T-…", help="Her team; the office's first unless given.")
@click.option("--site", "sites", multiple=True, metavar="S-…", help="A place she keeps; may be repeated.")
@click.option("--person-key", default="", help="The same for all accounts of one human being.")
def add(email: str, *, role: str, name: str, team: str, sites: tuple[str, ...], person_key: str) -> None:
    """Add an account. Nobody signs in with it before it has a password."""
    at_work = signed_in_at_work()
    from amana.apps.accounts.commands import add_user
    from amana.apps.accounts.invitations import invite

    account = add_user(
        email=email,
        name=name or email,
        role=role,
        team=team,
        sites=sites,
        person_key=person_key,
        by=at_work.viewer,
        at=at_work.now,
    )
    code = invite(user_id=account.id, by=at_work.viewer, at=at_work.now)
    waits = ": waits for a second person" if account.requested else ""
    click.echo(f"{account.email} added as {account.role}{waits}.")
    click.echo(f"First password, within 48 hours, at /session/first/ with the code {code}")


@command.command("confirm")
@click.argument("email")
def confirm(email: str) -> None:
    """Make the first monitor or data protection officer good; the others are confirmed on the page."""
    at_work = signed_in_at_work()
    from amana.apps.accounts.granting import confirm_first

    confirm_first(email=email, by=at_work.viewer, at=at_work.now)
    click.echo(f"{email} confirmed.")


@command.command("close")
@click.argument("email")
def close(email: str) -> None:
    """Close an account: it can't sign in any more."""
    at_work = signed_in_at_work()
    from amana.apps.accounts import queries
    from amana.apps.accounts.commands import close_account
    from amana.apps.accounts.granting import AccountRefused

    found = [each for each in queries.accounts(at_work.viewer) if each.email.casefold() == email.casefold()]
    if not found:
        raise AccountRefused("There is no account with this e-mail. `amana user list` shows them.")
    close_account(user_id=found[0].id, by=at_work.viewer, at=at_work.now)
    click.echo(f"{email} closed.")


@command.command("list")
def list_accounts() -> None:
    """Every account with its role, team and standing."""
    at_work = signed_in_at_work()
    from amana.apps.accounts import queries

    for each in queries.accounts(at_work.viewer):
        standing = "requested" if each.requested else "in use" if each.is_active else "closed"
        click.echo(f"{each.email}  {each.role}  {each.team or '-'}  {standing}")
