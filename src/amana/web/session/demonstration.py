"""The sign-ins of the demonstration office: one for each role a person may have, and two more caseworkers.

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
    desk: str = ""

    @property
    def email(self) -> str:
        """Its address, under a domain that never exists; `desk` tells accounts of one role apart."""
        return f"{self.desk or self.role.replace('_', '-')}@demo.example"

    @property
    def described(self) -> Role:
        """The role with its title and description."""
        return ROLES[self.role]


ACCOUNTS: Final = (
    DemonstrationAccount("registrar", "Rana S."),
    DemonstrationAccount("caseworker", "Hanan K."),
    DemonstrationAccount("caseworker", "Sabah M.", desk="second-caseworker"),
    DemonstrationAccount("caseworker", "Tariq L.", desk="third-caseworker"),
    DemonstrationAccount("supervisor", "Maysoon J."),
    DemonstrationAccount("facility_manager", "Yasin A."),
    DemonstrationAccount("court_liaison", "Huda R."),
    DemonstrationAccount("consular_officer", "Anvar T."),
    DemonstrationAccount("health_worker", "Rima H."),
    DemonstrationAccount("guardian", "Suad N."),
    DemonstrationAccount("monitor", "Elias D."),
    DemonstrationAccount("data_protection", "Lina W."),
    DemonstrationAccount("statistician", "Faris G."),
    DemonstrationAccount("rules_editor", "Nadia F."),
    DemonstrationAccount("policy_approver", "Samir B."),
    DemonstrationAccount("administrator", "Omar T."),
)


def shown_accounts(office: OfficeView | None) -> tuple[DemonstrationAccount, ...]:
    """Return the accounts to show on the sign-in page: none unless the office is a demonstration."""
    return ACCOUNTS if office is not None and office.demonstration else ()
