"""`amana audit erase`: what the trail holds in words about one person, with a ground; the entries stay."""

from __future__ import annotations

import json

import click

from amana.start import operator_at_work

GROUNDS = ("request", "unlawful", "ordered", "expired")


@click.command("erase")
@click.argument("ref")
@click.option(
    "--ground",
    required=True,
    type=click.Choice(GROUNDS),
    help="request: the person or her guardian asked; unlawful: it should never have been written; "
    "ordered: by a court or the supervisory authority; expired: the time for which it may be kept is over.",
)
@click.option("--yes", is_flag=True, help="Erase. Without this it is only told what would go.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def erase_command(ref: str, ground: str, yes: bool, as_json: bool) -> None:
    """Erase what the trail holds in words about the person REF. It can't be taken back.

    Entries stay and still verify; the erasure is an entry of its own. What officials did (moves, waivers,
    determinations, courts) is evidence and stays. Nothing goes while a breach stands open about the person.
    """
    from amana.core.reference import check_reference

    person = check_reference(ref)
    at_work = operator_at_work()
    from amana.apps.audit.reading import record_reading
    from amana.casework.erase import erasable, erase

    found = erasable(person, by=at_work.viewer)
    if yes:
        erase(person, ground=ground, by=at_work.viewer, at=at_work.now)
    record_reading(at_work.viewer, "audit.erase", at_work.now)
    if as_json:
        click.echo(json.dumps({"erased": yes, "words": found.words, "evidence": found.evidence}))
        return
    done = "erased" if yes else "would be erased (add --yes)"
    click.echo(f"{found.words} payloads {done}; {found.evidence} stay as evidence of what officials did")
