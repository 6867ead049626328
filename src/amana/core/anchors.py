"""Anchors: where every chain of a trail ended at an instant, to be kept where the office can't reach.

An anchor is signed with nothing but its content: its *code*, 32 characters in groups of four, is drawn from
the whole of it by SHA-256. Whoever wrote the code down on paper, or heard it on the telephone, can tell later
that a file is the one of that day, wherever the file was kept. An anchor names the code of the one before it,
so that one taken out of a row of anchors is missed. It holds no reference, no name and no count by person.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from amana.core.errors import AmanaError
from amana.core.trail import Head, Kept

FORM = 1
TRAILS = ("writes", "reads")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, GROUP = 8, 4
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = (2, 3, 5)
HEX = frozenset("0123456789abcdef")


class NoAnchor(AmanaError):
    """A text is no anchor, or its code is not that of its content."""


@dataclass(frozen=True)
class Anchor:
    """The ends of the chains of both trails at an instant (UTC); `before`: the code of the anchor before it,
    empty for the first.
    """

    at: datetime
    heads: Mapping[str, Mapping[int, Head]]
    before: str = ""

    @property
    def code(self) -> str:
        """What is printed and told: eight groups of three characters and their check character."""
        drawn = int.from_bytes(hashlib.sha256(_content(self).encode()).digest())
        groups = []
        for _ in range(GROUPS):
            drawn, number = divmod(drawn, len(ALPHABET) ** (GROUP - 1))
            groups.append(_group(number))
        return "-".join(groups)


def written(anchor: Anchor) -> str:
    """The anchor as a file holds it: JSON, its code with it."""
    return json.dumps({**json.loads(_content(anchor)), "code": anchor.code}, indent=1) + "\n"


def read(text: str) -> Anchor:
    """The anchor of a file. Raises `NoAnchor` where it is none, or was changed."""
    try:
        told = json.loads(text)
        anchor = Anchor(
            datetime.fromisoformat(told["at"]).astimezone(UTC),
            {name: {int(chain): _head(*at) for chain, at in told[name].items()} for name in TRAILS},
            str(told["before"]),
        )
        if told["amana_anchor"] != FORM:
            raise NoAnchor(f"This anchor is of form {told['amana_anchor']}; this version reads form {FORM}.")
        code = str(told["code"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NoAnchor("This is no anchor. Use a file that `amana audit anchor` wrote.") from None
    if code != anchor.code:
        raise NoAnchor("This anchor was changed after it was made: its code is not that of its content.")
    return anchor


def check_code(text: str) -> str:
    """A code as it was typed, in its one form. Raises `NoAnchor` naming the group that is mistyped."""
    plain = "".join(character for character in text.upper() if character.isalnum())
    if len(plain) != GROUPS * GROUP:
        raise NoAnchor(f"A code has {GROUPS} groups of {GROUP} characters; this one has {len(plain)} in all.")
    groups = [plain[start : start + GROUP] for start in range(0, len(plain), GROUP)]
    for place, group in enumerate(groups, 1):
        if set(group) - _VALUE.keys() or group[-1] != _check(group[:-1]):
            raise NoAnchor(f"Group {place} of the code is mistyped: its check character doesn't fit.")
    return "-".join(groups)


def gaps(anchors: Sequence[Anchor]) -> tuple[Anchor, ...]:
    """Anchors of a row whose one before is not among them; the first of the row is none of them."""
    in_order = sorted(anchors, key=lambda each: each.at)
    codes = {each.code for each in in_order}
    return tuple(each for each in in_order[1:] if each.before not in codes)


def kept_by(anchors: Iterable[Anchor], trail: str) -> Mapping[int, Kept]:
    """What anchors say of one trail: chain -> sequence number -> the digests kept for it."""
    kept: dict[int, dict[int, set[str]]] = {}
    for each in anchors:
        for chain, (sequence, digest) in each.heads[trail].items():
            kept.setdefault(chain, {}).setdefault(sequence, set()).add(digest)
    return kept


def _content(anchor: Anchor) -> str:
    ends = {
        name: {str(chain): list(end) for chain, end in sorted(anchor.heads[name].items())} for name in TRAILS
    }
    at = anchor.at.astimezone(UTC).isoformat()
    return json.dumps({"amana_anchor": FORM, "at": at, "before": anchor.before, **ends})


def _head(sequence: int, digest: str) -> Head:
    if type(sequence) is not int or sequence < 1 or len(digest) != 64 or set(digest) - HEX:
        raise ValueError(digest)
    return sequence, digest


def _group(number: int) -> str:
    characters = ""
    for _ in range(GROUP - 1):
        number, value = divmod(number, len(ALPHABET))
        characters += ALPHABET[value]
    return characters + _check(characters)


def _check(characters: str) -> str:
    total = sum(weight * _VALUE[each] for weight, each in zip(_WEIGHTS, characters, strict=True))
    return ALPHABET[-total % len(ALPHABET)]
