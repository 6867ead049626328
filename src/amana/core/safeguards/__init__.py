"""Safeguards: what must hold of every person, stay, move and determination, found by the same engine that
decides; see `model` for what one is, `lowering` for how it becomes a decision.
"""

import amana.core.policy  # noqa: F401  # packs hold safeguards, so the packs' own modules come first
from amana.core.safeguards.acts import ACTS, DISCLOSING, GATE, TOLD
from amana.core.safeguards.evaluation import explain_finding, find, find_all, watch_row
from amana.core.safeguards.model import (
    CAN_FIND,
    STOPPING,
    Clock,
    Conditions,
    Duty,
    Finding,
    Occasion,
    RecordKind,
    Remedy,
    Safeguard,
    SafeguardCase,
    SafeguardVerdict,
)

__all__ = [
    "ACTS",
    "CAN_FIND",
    "DISCLOSING",
    "GATE",
    "STOPPING",
    "TOLD",
    "Clock",
    "Conditions",
    "Duty",
    "Finding",
    "Occasion",
    "RecordKind",
    "Remedy",
    "Safeguard",
    "SafeguardCase",
    "SafeguardVerdict",
    "explain_finding",
    "find",
    "find_all",
    "watch_row",
]
