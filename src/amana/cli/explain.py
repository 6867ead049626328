"""`amana explain`: the rule, each condition, citations, what stands against it and what would change it; or,
with `--why-not`, why another answer is not given.

A file of facts needs no office. A reference is explained from the demonstration office's register, as its
operator, under the office's own pack; the look is written into the trail. No name is ever printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
from django.utils import translation
from django.utils.translation import gettext as _

from amana.apps.decisions.packs import decision_of, find_pack
from amana.cli._facts import opened_facts
from amana.cli._options import DAY
from amana.core.errors import AmanaError
from amana.core.facts import FactRow
from amana.core.policy import Contrast, Explanation, Pack, contrast, explain
from amana.core.reference import check_reference
from amana.exchange.explanation import contrast_record, explanation_record
from amana.start import operator_at_work, start
from amana.wording.branches import branches_in_words
from amana.wording.contrasts import contrast_lines
from amana.wording.explanations import explanation_lines
from amana.wording.languages import as_told, as_written, listed

LINE = "\n" + "─" * 60


class NobodyThere(AmanaError):
    """Nobody with the reference asked for is in the file."""


@click.command(name="explain")
@click.argument("who", metavar="REF|FACTS")
@click.option("--on", type=DAY, help="The day whose law is read [with FACTS: required].")
@click.option(
    "--pack", "pack_name", metavar="NAME|PATH", help="With FACTS: a shipped pack or a pack's folder."
)
@click.option("--ref", help="With FACTS: explain only this reference.")
@click.option("--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True)
@click.option("--decision", help="With FACTS: which decision, where a pack takes several.")
@click.option(
    "--why-not", "outcome", metavar="OUTCOME", help="Tell only why this is not, or may be, the answer."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON lines.")
def command(
    *,
    who: str,
    on: date | None,
    pack_name: str | None,
    ref: str | None,
    lang: str,
    decision: str | None,
    outcome: str | None,
    as_json: bool,
) -> None:
    """Explain the decision on one person of the register, or on everyone in a file of FACTS."""
    start()
    with translation.override(lang):
        if Path(who).exists() or Path(who).suffix:
            explained = _from_file(Path(who), on, pack_name, ref, decision)
        elif pack_name or ref or decision:
            raise click.UsageError("--pack, --ref and --decision go with a file of facts.")
        else:
            explained = _from_register(who, on)
        for place, (told, pack, row) in enumerate(explained):
            if place and not as_json:
                click.echo(LINE)
            asked = _contrast(told, pack, row, outcome) if outcome else None
            if as_json:
                click.echo(json.dumps(_record(told, pack, row, asked), ensure_ascii=False))
            else:
                _tell(told, pack, row, asked)


def _from_file(
    facts: Path, on: date | None, pack_name: str | None, ref: str | None, decision: str | None
) -> Iterator[tuple[Explanation, Pack, FactRow]]:
    if on is None or pack_name is None:
        raise click.UsageError("A file of facts needs --on DATE and --pack NAME|PATH.")
    pack = find_pack(pack_name)
    asked = decision_of(pack, decision)
    (opened,) = opened_facts(facts, pack, on=on)
    opened.check_refs()
    found = False
    for row in opened.rows():
        if isinstance(row, FactRow) and ref in (None, row.ref):
            found = True
            yield explain(pack, asked, row), pack, row
    if ref and not found:
        raise NobodyThere(
            _("%(file)s holds nobody with the reference %(ref)s.") % {"file": facts, "ref": ref}
        )


def _from_register(who: str, on: date | None) -> Iterator[tuple[Explanation, Pack, FactRow]]:
    ref = check_reference(who)
    at_work = operator_at_work()
    from amana.apps.audit.reading import record_reading
    from amana.apps.decisions.office_pack import office_pack
    from amana.casework.decide import explain_person
    from amana.casework.snapshot import facts_on

    day = on or at_work.today
    explained = explain_person(at_work.viewer, ref, day).explanation
    record_reading(at_work.viewer, "explain", at_work.now)
    yield explained, office_pack(), facts_on([ref], day)[0]


def _contrast(told: Explanation, pack: Pack, row: FactRow, outcome: str) -> Contrast:
    known = pack.decisions[told.decision].outcomes
    if outcome not in known:
        raise click.BadParameter(
            _("“%(outcome)s” is no answer of the decision %(decision)s. Choose one of: %(known)s.")
            % {
                "outcome": as_told(outcome),
                "decision": as_written(told.decision),
                "known": listed(as_written(each) for each in known),
            },
            param_hint="--why-not",
        )
    return contrast(pack, told.decision, row, outcome)


def _record(told: Explanation, pack: Pack, row: FactRow, asked: Contrast | None) -> dict[str, Any]:
    record = explanation_record(told, pack) | {"branches": list(branches_in_words(pack, told.decision, row))}
    return record | {"why_not": contrast_record(asked, told, pack)} if asked else record


def _tell(told: Explanation, pack: Pack, row: FactRow, asked: Contrast | None) -> None:
    if asked is None:
        lines = explanation_lines(told, pack, branches_in_words(pack, told.decision, row))
    else:
        lines = contrast_lines(asked, told, pack)
    for line in lines:
        click.echo(line)
