"""Handler of alerts: mails without content to those who watch. Run twice, it sends twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amana.apps.accounts.viewers import Viewer
from amana.apps.guards import alerting
from amana.casework.entering import Progress


def mail(arguments: Mapping[str, Any], *, by: Viewer, at: datetime, progress: Progress) -> Mapping[str, Any]:
    """Tell whoever answers for `arguments["kind"]`; how many mails went out."""
    return {"sent": alerting.send(str(arguments["kind"]))}
