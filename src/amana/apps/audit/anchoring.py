"""Anchors of the office's trails, kept where AMANA_ANCHORS says: a folder that the office can write and whose
copies it can't reach, such as a share that the monitor keeps. Never inside AMANA_HOME, where one and the same
hand could rewrite both.

The worker keeps one every half hour; nothing is ever overwritten. Without the folder anchors leave the office
only when somebody takes one out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from amana.apps.audit.trail import READS, WRITES
from amana.apps.audit.verifying import anchor
from amana.core.anchors import Anchor, NoAnchor, read, written
from amana.core.errors import AmanaError

EVERY = timedelta(minutes=30)
LATE = timedelta(hours=1)
"""An office whose newest anchor is older than this has none that counts."""

PATTERN = "anchor-*.json"


class NoPlaceForAnchors(AmanaError):
    """The folder of anchors is not named, lies inside the office, or can't be used."""


def make(at: datetime, before: str = "") -> Anchor:
    """The ends of all chains at this instant; `before` is the code of the anchor before this one."""
    return Anchor(at, {"writes": anchor(WRITES), "reads": anchor(READS)}, before)


def folder() -> Path | None:
    """Where anchors are kept, None where nobody named a place. Raises `NoPlaceForAnchors`."""
    place: Path | None = settings.ANCHORS
    if place is not None and place.is_relative_to(settings.HOME):
        raise NoPlaceForAnchors(
            "AMANA_ANCHORS lies inside AMANA_HOME. Name a folder elsewhere, best one on another machine."
        )
    return place


def newest() -> Anchor | None:
    """The last anchor that was kept and can be read, if there is one. Raises `NoPlaceForAnchors`."""
    return next(_kept_in(folder()), None)


def due(at: datetime) -> bool:
    """Whether there is a place for anchors and the last one in it is old. Raises `NoPlaceForAnchors`."""
    if folder() is None:
        return False
    last = newest()
    return last is None or abs(at - last.at) >= EVERY


def keep(at: datetime) -> Path:
    """Keep an anchor in the folder; where it is. Raises `NoPlaceForAnchors`."""
    place = folder()
    if place is None:
        raise NoPlaceForAnchors("No place for anchors is named. Set AMANA_ANCHORS to a folder elsewhere.")
    last = newest()
    made = make(at, last.code if last else "")
    path = place / f"anchor-{at:%Y%m%dT%H%M%S%f}Z.json"
    draft = place / f".{path.name}.{os.getpid()}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        with draft.open("x", encoding="ascii") as out:
            out.write(written(made))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    except OSError as error:
        raise NoPlaceForAnchors(
            f"The folder of anchors can't be written ({error.strerror}). Look at AMANA_ANCHORS."
        ) from error
    return path


def _kept_in(place: Path | None) -> Iterator[Anchor]:
    """The anchors of a folder that can be read, the last first."""
    for path in sorted(place.glob(PATTERN), reverse=True) if place else ():
        try:
            yield read(path.read_text("ascii"))
        except (NoAnchor, OSError, UnicodeDecodeError):
            continue
