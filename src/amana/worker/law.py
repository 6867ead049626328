"""Handler of adopted law: everybody is decided anew, and the safeguards are held against everybody.

May be run twice: whoever stands decided under the office's pack is passed over, and a second sweep changes
nothing. What only the new law ended is shown as ended by law. The job is asked for inside
the transaction that adopts the law, so it may be taken a moment before that ends.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amana.apps.accounts.queries import office
from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions.office_pack import office_pack
from amana.apps.jobs.commands import JobRefused
from amana.casework.entering import Progress
from amana.casework.redecide import decide_anew
from amana.casework.sweep import sweep_all

PATIENCE_SECONDS, LOOK_AGAIN_SECONDS = 10.0, 0.1


def decide(
    arguments: Mapping[str, Any], *, by: Viewer, at: datetime, progress: Progress
) -> Mapping[str, Any]:
    """Decide everybody anew under the pack `arguments["hash"]` and sweep; returns how many were decided.

    Refused as `law_changed` where the office has another pack by now: its own job decides everybody.
    """
    if not _is_law(str(arguments["hash"])):
        raise JobRefused("law_changed")
    today = office().today(at.date())
    decided = decide_anew(by=by, at=at, on=today, progress=progress)
    sweep_all(on=today, by=by, at=at, progress=progress)
    return {"decided": decided}


def _is_law(pack_hash: str) -> bool:
    """Whether that pack is the office's, at once or as soon as its adoption is written."""
    waited = 0.0
    while office_pack().hash != pack_hash:
        if waited >= PATIENCE_SECONDS:
            return False
        time.sleep(LOOK_AGAIN_SECONDS)
        waited += LOOK_AGAIN_SECONDS
    return True
