"""`amana audit erase`: ask to erase what is kept in words about one person; `confirm-erasure` and
`refuse-erasure`: a second person's answer. The entries stay.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import click

from amana.start import operator_at_work

GROUNDS = ("request", "unlawful", "ordered", "expired")
PARTS = ("words", "originals", "claims", "family", "stays", "papers")


@click.command("erase")
@click.argument("ref")
@click.option(
    "--ground",
    required=True,
    type=click.Choice(GROUNDS),
    help="request: the person or her guardian asked; unlawful: it should never have been written; "
    "ordered: by a court or the supervisory authority; expired: the time for which it may be kept is over.",
)
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice(PARTS),
    default=("words",),
    show_default=True,
    help="words: what the trail holds in words; originals: rows of lists as their sender wrote them; claims: "
    "what sources state, names and decisions; family: how the person stands to others; stays: where she "
    "stayed; papers. Claims, family and stays take words and originals along.",
)
@click.option("--reason", help="Why, in a sentence, for whoever confirms it.")
@click.option("--yes", is_flag=True, help="Ask for it. Without this it is only told what would go.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
def erase_command(
    *, ref: str, ground: str, parts: tuple[str, ...], reason: str | None, yes: bool, as_json: bool
) -> None:
    """Ask to erase what is kept about the person REF. A second person confirms it; then it can't be
    taken back.

    Entries stay and still verify; the erasure is an entry of its own. What officials did (moves, waivers,
    determinations, courts) is evidence and stays. Nothing goes while a legal hold, a breach or an appeal
    stands about the person.
    """
    from amana.core.reference import check_reference

    person = check_reference(ref)
    at_work = operator_at_work()
    from amana.apps.audit.reading import record_reading
    from amana.casework.erase import ask_erasure, erasable

    found, asked = erasable(person, by=at_work.viewer, on=at_work.today), None
    if yes:
        said: dict[str, Any] = {"ground": ground, "words": reason or "", "parts": parts}
        asked = ask_erasure(person, **said, by=at_work.viewer, at=at_work.now, on=at_work.today)
    record_reading(at_work.viewer, "audit.erase", at_work.now)
    told = {**found.counts, "evidence": found.evidence}
    if as_json:
        click.echo(json.dumps({"erasure": str(asked) if asked else None, **told}))
        return
    done = f"asked for: {asked} waits for a second person" if asked else "add --yes to ask for it"
    click.echo(
        f"{found.words} payloads and {found.originals} rows as sent can go, {found.evidence} payloads stay "
        f"as evidence of what officials did; {done}"
    )
    register = {part: count for part, count in found.counts.items() if part not in ("words", "originals")}
    click.echo("in the register: " + ", ".join(f"{count} {part}" for part, count in register.items()))


@click.command("confirm-erasure")
@click.argument("erasure", metavar="ID", type=click.UUID)
@click.option("--reason", required=True, help="Why, in a sentence.")
def confirm_command(erasure: UUID, reason: str) -> None:
    """Erase what somebody else asked to have erased. It can't be taken back."""
    at_work = operator_at_work()
    from amana.casework.erase import confirm

    counts = confirm(erasure, words=reason, by=at_work.viewer, at=at_work.now, on=at_work.today)
    click.echo("erased: " + ", ".join(f"{count} {part}" for part, count in counts.items()))


@click.command("refuse-erasure")
@click.argument("erasure", metavar="ID", type=click.UUID)
@click.option("--reason", required=True, help="Why, in a sentence.")
def refuse_command(erasure: UUID, reason: str) -> None:
    """Refuse what somebody else asked to have erased."""
    at_work = operator_at_work()
    from amana.casework.erase import refuse

    refuse(erasure, words=reason, by=at_work.viewer, at=at_work.now, on=at_work.today)
    click.echo("refused")
