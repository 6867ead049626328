"""The sign-ins of the demonstration office: one for each role a person may have.

They are public, for everybody in that office is invented. `amana demo` adds them; the sign-in page and the
terminal show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from amana.apps.accounts.queries import OfficeView
from amana.apps.accounts.roles import ROLES, Role

PASSWORD: Final = "amana-demo-2018"  # noqa: S105 (public on purpose, see above)


@dataclass(frozen=True)
class DemonstrationAccount:
    """A sign-in anybody may use in the demonstration office."""

    role: str
    name: str
    password: str = PASSWORD

    @property
    def email(self) -> str:
        """Its address, under a domain that never exists."""
        return f"{self.role.replace('_', '-')}@demo.example"

    @property
    def described(self) -> Role:
        """The role with its title and description."""
        return ROLES[self.role]


ACCOUNTS: Final = (
    DemonstrationAccount("registrar", "Rana S."),
    DemonstrationAccount("caseworker", "Hanan K."),
    DemonstrationAccount("supervisor", "Maysoon J."),
    DemonstrationAccount("monitor", "Elias D."),
    DemonstrationAccount("rules_editor", "Nadia F."),
    DemonstrationAccount("policy_approver", "Samir B."),
    DemonstrationAccount("administrator", "Omar T."),
)


def shown_accounts(office: OfficeView | None) -> tuple[DemonstrationAccount, ...]:
    """Return the accounts to show on the sign-in page: none unless the office is a demonstration."""
    return ACCOUNTS if office is not None and office.demonstration else ()
