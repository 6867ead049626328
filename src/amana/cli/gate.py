"""`amana gate`: the gate of a country for one person of the register, condition by condition.

Acts as the signed-in account, or as the operator of the demonstration; the look is written into the trail.
The command line never shows what is of the classes C5 to C7: of conditions that rest on consent, fear or a
claim it says what they ask and what would meet them, never where they stand. Nothing can be opened here.
"""

from __future__ import annotations

import json
from typing import Any

import click
from django.utils import translation
from django.utils.translation import gettext as _

from amana.cli._options import DAY
from amana.core.reference import check_reference
from amana.core.truth import Truth
from amana.start import operator_at_work, start

STEPS = ("enquiry", "papers", "handover")


@click.command(name="gate")
@click.argument("ref", metavar="REF")
@click.option("--nation", required=True, metavar="CODE", help="The country, as in ISO 3166-1 alpha-3: TJK.")
@click.option("--step", type=click.Choice(STEPS), default="enquiry", show_default=True)
@click.option("--on", type=DAY, help="The day on which it is asked [default: the office's day].")
@click.option("--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def command(*, ref: str, nation: str, step: str, on: Any, lang: str, as_json: bool) -> None:
    """Explain the gate of a country for one person: open or closed, and what each condition asks."""
    start()
    known = check_reference(ref)
    at_work = operator_at_work()
    from amana.apps.audit.reading import record_reading
    from amana.casework.consent import STATES
    from amana.casework.gate import gate

    if nation not in STATES:
        raise click.BadParameter(
            f"“{nation}” is no country. Write its three letters, for example TJK.", param_hint="--nation"
        )
    view = gate(at_work.viewer, known, nation, step, on or at_work.today)
    record_reading(at_work.viewer, "gate", at_work.now)
    with translation.override(lang):
        told = [_line(each) for each in view.conditions]
        if as_json:
            record = {
                "ref": known,
                "nation": nation,
                "step": step,
                "open": view.is_open,
                "pack": view.pack.hash,
            }
            click.echo(json.dumps({**record, "conditions": told}, ensure_ascii=False))
            return
        click.echo(f"{known} · {nation} · {step}: " + (_("open") if view.is_open else _("closed")))
        for each in told:
            click.echo(f"  [{each['stands'] or '·'}] {each['asks']}")
            if each["opens"]:
                click.echo(f"      {each['opens']}")
        click.echo(_("[·]: not shown at the command line. It stands on the Return tab of the case."))


def _line(each: Any) -> dict[str, str]:
    from amana.wording.gate import condition_words, opening_words, truth_in_words

    shown = "" if each.sealed else truth_in_words(each.truth)
    opens = "" if not each.sealed and each.truth is Truth.TRUE else opening_words()[each.name]
    return {
        "condition": each.name,
        "stands": shown,
        "asks": condition_words()[each.name],
        "opens": opens,
        "source": each.source.id,
    }
