"""`amana papers`: the papers of a case that whoever is signed in may see, listed.

Acts as the signed-in account, or as the operator of the demonstration; the look is written into the trail.
Files are neither taken in nor given out here: a terminal keeps what it shows. Papers of the classes C5 to C8,
which the pages open only to a fresh proof, are not listed.
"""

from __future__ import annotations

import json
from typing import Any

import click
from django.utils import translation
from django.utils.translation import gettext as _

from amana.core.reference import check_reference
from amana.start import operator_at_work, start


@click.command(name="papers")
@click.argument("ref", metavar="REF")
@click.option("--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def command(*, ref: str, lang: str, as_json: bool) -> None:
    """List the papers of a case."""
    start()
    known = check_reference(ref)
    at_work = operator_at_work()
    from amana.apps.attachments.codes import SEALED
    from amana.apps.attachments.queries import papers
    from amana.apps.audit.reading import record_reading

    found = [each for each in papers(at_work.viewer, known) if each.cls not in SEALED]
    record_reading(at_work.viewer, "papers", at_work.now)
    if as_json:
        click.echo(json.dumps({"ref": known, "papers": [_plain(each) for each in found]}, ensure_ascii=False))
        return
    with translation.override(lang):
        for each in found:
            gone = "" if each.stands else " · " + _("withdrawn")
            click.echo(f"{each.on} · {each.kind} · {each.pages} · {each.words}{gone}")
        if not found:
            click.echo(_("No paper of the classes you read is kept with this case."))


def _plain(paper: Any) -> dict[str, Any]:
    return {
        "paper": str(paper.id),
        "class": paper.cls,
        "kind": paper.kind,
        "pages": paper.pages,
        "bytes": paper.size,
        "words": paper.words,
        "kept_on": paper.on.isoformat(),
        "withdrawn_on": paper.withdrawn_on.isoformat() if paper.withdrawn_on else None,
    }
