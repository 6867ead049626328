"""`amana explain`: the rule, each condition true, false or unknown, citations, what stands against it and
what would change it.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click
from django.utils import translation
from django.utils.translation import gettext as _

from amana.apps.decisions.packs import decision_of, find_pack
from amana.core.errors import AmanaError
from amana.core.facts import FactRow
from amana.core.policy import Pack, explain
from amana.exchange.explanation import explanation_record
from amana.exchange.facts_file import MixedDateForms, open_facts
from amana.start import start_office
from amana.wording.branches import branches_in_words
from amana.wording.explanations import explanation_lines


class NobodyThere(AmanaError):
    """The facts file holds nobody with the reference asked for."""


@click.command(name="explain")
@click.argument("facts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day whose law is read.")
@click.option(
    "--pack", "pack_name", required=True, metavar="NAME|PATH", help="A shipped pack or a pack's folder."
)
@click.option("--ref", help="Explain only this reference.")
@click.option("--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True)
@click.option("--decision", help="Which decision, where a pack takes several.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON lines.")
def command(
    *,
    facts: Path,
    on: datetime,
    pack_name: str,
    ref: str | None,
    lang: str,
    decision: str | None,
    as_json: bool,
) -> None:
    """Explain the decision for everyone in FACTS, or for one of them."""
    start_office()
    with translation.override(lang):
        pack = find_pack(pack_name)
        asked = decision_of(pack, decision)
        try:
            opened = open_facts(facts, pack, on=on.date())
        except MixedDateForms as error:
            raise click.UsageError(str(error)) from error
        for note in opened.notes:
            click.echo(note, err=True)
        told = 0
        for row in opened.rows():
            if isinstance(row, FactRow) and ref in (None, row.ref):
                _tell(pack, asked, row, first=told == 0, as_json=as_json)
                told += 1
        if ref and not told:
            raise NobodyThere(
                _("%(file)s holds nobody with the reference %(ref)s.") % {"file": facts, "ref": ref}
            )


def _tell(pack: Pack, decision: str, row: FactRow, *, first: bool, as_json: bool) -> None:
    explained = explain(pack, decision, row)
    branches = branches_in_words(pack, decision, row)
    if as_json:
        record = explanation_record(explained, pack) | {"branches": list(branches)}
        click.echo(json.dumps(record, ensure_ascii=False))
        return
    if not first:
        click.echo("\n" + "─" * 60)
    for line in explanation_lines(explained, pack, branches):
        click.echo(line)
