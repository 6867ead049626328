"""Decide everybody anew under the office's pack after its law has changed; old decisions stand superseded.

Group by group, each in its own transaction: whoever works meanwhile waits for one group at most. Whoever
stands decided under the office's pack already is passed over, so that an interrupted run is taken up where
it stopped and a second run does nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from amana.apps.accounts.queries import office
from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import Log, recording
from amana.apps.decisions import commands, law_queries
from amana.apps.decisions.office_pack import office_pack
from amana.casework.decide import decide_people
from amana.casework.entering import Progress, quiet

AT_ONCE = 500


def decide_behind(refs: Sequence[str], *, log: Log) -> int:
    """Decide those of these people who stand decided under another pack than the office's, in the open
    transaction: a decision that stands again may be older than the law.
    """
    behind = commands.behind_law(refs, office_pack().hash)
    return decide_people(behind, on=office().today(log.at.date()), log=log, new_law=True) if behind else 0


def decide_anew(*, by: Viewer, at: datetime, on: date, progress: Progress = quiet) -> int:
    """Decide those as of `on` who stand decided under another pack; how many there were. Raises `NotForYou`
    for anyone but whoever adopts law.
    """
    by.require("law.adopt")
    pack_hash, done, after = office_pack().hash, 0, ""
    total = law_queries.decided_otherwise(pack_hash)
    progress(0, total, "decide")
    while refs := commands.decided_otherwise(pack_hash, after=after, limit=AT_ONCE):
        with recording(by, at) as log:
            decide_people(refs, on=on, log=log, new_law=True)
        done, after = done + len(refs), refs[-1]
        progress(done, max(done, total), "decide")
    return done
