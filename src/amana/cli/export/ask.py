"""`amana export new`: ask for a file of people; without --count it says how many they are."""

from __future__ import annotations

import json

import click

from amana.start import operator_at_work

RECIPIENTS = ("office", "place", "court", "health", "school", "protection")
PURPOSES = ("headcount", "care", "hearing", "schooling", "supervision", "duty")
COLUMNS = ("name_ar", "name_latin", "sex", "age", "birth", "place", "since", "family")


@click.command("new")
@click.option("--recipient", required=True, help="The body that gets it and the office within it.")
@click.option("--recipient-kind", required=True, type=click.Choice(RECIPIENTS))
@click.option("--purpose", required=True, type=click.Choice(PURPOSES))
@click.option("--reason", required=True, help="Why, in a sentence, without anybody's name.")
@click.option("--site", help="Only people at this site; for a roll call: which.")
@click.option("--group", type=click.Choice(["children", "women"]), help="Only these.")
@click.option("--family", help="Only this family.")
@click.option("--batch", help="Only this batch.")
@click.option(
    "--column", "columns", multiple=True, type=click.Choice(COLUMNS), help="May be given several times."
)
@click.option("--form", type=click.Choice(["xlsx", "csv"]), default="xlsx", show_default=True)
@click.option("--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True)
@click.option(
    "--count", "people", type=int, help="The number of people, typed back. Without it: only counted."
)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def ask_command(
    *,
    recipient: str,
    recipient_kind: str,
    purpose: str,
    reason: str,
    site: str | None,
    group: str | None,
    family: str | None,
    batch: str | None,
    columns: tuple[str, ...],
    form: str,
    lang: str,
    people: int | None,
    as_json: bool,
) -> None:
    """Ask for a file of people, of the kind that the account's role may take out.

    A list holds 25 people at most. There is none by nation, age band or outcome, and none goes to another
    state. It leaves when others have approved it: `amana export take`.
    """
    at_work = operator_at_work()
    from amana.apps.exports import codes
    from amana.casework import exporting

    kind = exporting.kind_of(at_work.viewer)
    given = {"facility": site, "group": group, "family": family, "batch": batch}
    chosen = columns or codes.FIRST_CHOICE[1:]
    wish = exporting.Wish(
        columns=codes.OF_ROLL_CALL if kind == codes.ROLL_CALL else _in_order(chosen),
        filters={name: (value,) for name, value in given.items() if value},
        form=form,
        recipient_kind=recipient_kind,
        recipient=recipient,
        purpose=purpose,
        reason=reason,
        language=lang,
    )
    if people is None:
        found = exporting.count(wish, by=at_work.viewer, on=at_work.today)
        told = f"{found} people. Is that whom you mean? Then add --count {found}"
        click.echo(json.dumps({"people": found}) if as_json else told)
        return
    ident = exporting.ask(wish, people=people, by=at_work.viewer, at=at_work.now, on=at_work.today)
    click.echo(json.dumps({"id": str(ident)}) if as_json else str(ident))


def _in_order(columns: tuple[str, ...]) -> tuple[str, ...]:
    return ("ref", *(each for each in COLUMNS if each in columns))
