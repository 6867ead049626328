"""What an edit brings beside its subject: the text it rests on, and the gaps in the law that it opens.

A text brought here is reported or unknown, never verified; a gap is described, never accepted: both take a
lawyer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any
from unicodedata import category

from amana.core.policy.editing.files import EditedFiles

SOURCES, GAPS = "sources.yaml", "gaps.yaml"
HIDDEN = frozenset({"Cc", "Cs", "Cn", "Co"})
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates: what is shown is then not what is stored. Marks may stay."""


def turns_or_hides(text: str) -> bool:
    """Whether a text holds a character that reorders what is shown, or a control character other than a line
    break or tab.
    """
    return any(char in TURNING or (char not in "\n\r\t" and category(char) in HIDDEN) for char in text)


def texts_in(told: Any) -> Iterator[str]:
    """Every text in plain data, keys included."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for key, value in told.items():
            yield from (*texts_in(key), *texts_in(value))
    elif isinstance(told, list | tuple):
        for value in told:
            yield from texts_in(value)


def add_text(edited: EditedFiles, content: Mapping[str, Any]) -> None:
    """Adds the instrument and the gaps of an edit's content."""
    if (instrument := content.get("instrument")) is not None:
        _add_instrument(edited, instrument)
    for gap in content.get("gaps") or ():
        _add_gap(edited, gap)


def _add_instrument(edited: EditedFiles, told: Any) -> None:
    ident = str(told.get("id") or "") if isinstance(told, Mapping) else ""
    if not ident:
        edited.fault("instrument", SOURCES, "", "The new text has no id.", "Write id: and its keys.")
        return
    entry = {key: deepcopy(value) for key, value in told.items() if key != "id"}
    if entry.get("standing") == "verified":
        edited.refuse_verified(edited.table_file("instruments", ident), ident)
    own = edited.table("instruments", ident)
    known = own.get(ident) or edited.inherited_instrument(ident)
    own[ident] = entry if known is None else _with_articles(edited, ident, known, entry)


def _with_articles(
    edited: EditedFiles, ident: str, known: Mapping[str, Any], told: Mapping[str, Any]
) -> dict[str, Any]:
    """A known text with further articles; what it says already stays as it is."""
    file = edited.table_file("instruments", ident)
    articles, added = dict(known.get("articles") or {}), told.get("articles") or {}
    if not isinstance(added, Mapping):
        mend = "Write articles: with one id a line below."
        edited.fault("instrument", file, ident, "“articles” is no mapping from ids to texts.", mend)
        return dict(known)
    changed = [key for key in told if key != "articles" and told[key] != known.get(key)]
    changed += [f"articles.{key}" for key in added if key in articles and articles[key] != added[key]]
    for key in changed:
        reason = f"The pack has a text “{ident}” already, and it says “{key}” otherwise."
        edited.fault("instrument", file, ident, reason, "Give the new text another id, or only new articles.")
    return {**known, "articles": {**articles, **added}} if added else dict(known)


def _add_gap(edited: EditedFiles, told: Any) -> None:
    ident = str(told.get("id") or "") if isinstance(told, Mapping) else ""
    if not ident:
        edited.fault("gaps", GAPS, "", "The gap has no id.", "Write id:, decision:, when: and title:.")
        return
    if told.get("accepted_by"):
        reason = "Who accepts a gap can't be said in an edit."
        edited.fault("gaps", GAPS, ident, reason, "Leave accepted_by out.")
    own = edited.files.setdefault(GAPS, [])
    inherited = any(ident in pack.entries.get("gaps", {}) for pack in edited.extends)
    if inherited or any(entry.get("id") == ident for entry in own):
        edited.fault("gaps", GAPS, ident, f"There is another gap “{ident}”.", "Give the gap another id.")
        return
    edited.require(told, "title", GAPS, ident, texts=True)
    own.append({**deepcopy(dict(told)), "accepted_by": None})
