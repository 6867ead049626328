"""What leaves the office towards a country: the text of a released dossier of one person, for one step.

Only `casework.disclose` may import this module; a contract of the import linter says so. It asks nothing and
decides nothing. It opens no dossier that was changed after its release.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amana.apps.consents.commands import digest_of
from amana.apps.consents.standing import released
from amana.core.errors import AmanaError


class DossierChanged(AmanaError):
    """The content of a dossier is not what was released."""


@dataclass(frozen=True)
class Outgoing:
    """What is told: the dossier's id and digest, and its content, fact -> text."""

    dossier: UUID
    digest: str
    content: dict[str, str]


def outgoing(person: str, nation: str, step: str, on: date) -> Outgoing | None:
    """The content released for a person, country and step; None where none is. Raises `DossierChanged`."""
    found = released(person, nation, step, on)
    if found is None:
        return None
    content = {str(name): str(text) for name, text in found.content.items()}
    if digest_of(content) != found.digest:
        raise DossierChanged("The dossier differs from what was released. Prepare it anew.")
    return Outgoing(found.id, found.digest, content)
