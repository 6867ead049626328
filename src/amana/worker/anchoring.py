"""Anchors by the worker: one every half hour, between jobs and while a long one is worked on.

Where they can't be kept the log says so, without a path, and it is tried again; work goes on.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import DatabaseError

from amana.apps.audit import anchoring
from amana.apps.audit.anchoring import NoPlaceForAnchors

log = logging.getLogger("amana.worker")


def keep_when_due(at: datetime) -> bool:
    """Keep an anchor where there is a place and the last one is old; whether this call did."""
    try:
        if not anchoring.due(at):
            return False
        anchoring.keep(at)
    except (NoPlaceForAnchors, DatabaseError) as error:
        known = isinstance(error, NoPlaceForAnchors)
        log.error("no anchor kept: %s", error if known else type(error).__name__)
        return False
    return True
