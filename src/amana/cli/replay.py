"""`amana replay REF`: every stored decision on a person, under the text of its day and under the present one.

Read from the demonstration office's register as its operator; the look is written into the trail. Nothing
is stored, no old decision is touched, and no name is ever printed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from django.utils import translation

from amana.core.reference import check_reference
from amana.start import operator_at_work, start

if TYPE_CHECKING:
    from amana.casework.replay import Replay
    from amana.core.policy import Pack, Verdict


@click.command(name="replay")
@click.argument("ref")
@click.option("--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON lines, one a decision.")
def command(*, ref: str, lang: str, as_json: bool) -> None:
    """Replay every stored decision on REF, newest first.

    Under the text and the facts of its day a decision must come out as it was stored; under the office's
    present text it may not, and the decision stands all the same. Exit status 1 if one does not come out
    as it was stored.
    """
    start()
    ref = check_reference(ref)
    at_work = operator_at_work()
    from amana.apps.audit.reading import record_reading
    from amana.casework.replay import replay_all
    from amana.wording.replays import replay_lines

    found = replay_all(at_work.viewer, ref)
    record_reading(at_work.viewer, "replay", at_work.now)
    with translation.override(lang):
        for each in found:
            if as_json:
                click.echo(json.dumps(_record(each), ensure_ascii=False))
                continue
            for line in replay_lines(each):
                click.echo(line)
    if any(each.same is False for each in found):
        raise SystemExit(1)


def _record(found: Replay) -> dict[str, Any]:
    stored = found.stored
    return {
        "ref": stored.ref,
        "decision": stored.decision,
        "id": stored.id,
        "on": stored.on.isoformat(),
        "at": stored.at.isoformat(),
        "superseded_at": stored.superseded_at.isoformat() if stored.superseded_at else None,
        "facts": dict(stored.facts),
        "stored": {
            "pack": {"id": stored.pack, "hash": stored.pack_hash},
            "outcome": stored.outcome,
            "rule": list(stored.rules),
            "possible": list(stored.possible),
            "needs": list(stored.needs),
            "citations": list(stored.citations),
        },
        "then": _answer(found.pack_then, found.then),
        "same": found.same,
        "now": _answer(found.pack_now, found.now),
        "differs": found.differs,
    }


def _answer(pack: Pack | None, verdict: Verdict | None) -> dict[str, Any] | None:
    if pack is None or verdict is None:
        return None
    return {
        "pack": {"id": pack.id, "hash": pack.hash},
        "outcome": verdict.outcome,
        "rule": list(verdict.rules),
        "possible": list(verdict.possible),
        "needs": list(verdict.needs),
        "citations": list(verdict.citations),
    }
