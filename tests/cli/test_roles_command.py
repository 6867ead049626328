"""`amana roles`: the matrix as enforced, in letters and as JSON."""

from __future__ import annotations

import json

from click.testing import CliRunner

from amana.apps.accounts.roles import ROLES
from amana.cli.roles import command


def test_the_matrix_is_printed_with_every_role_and_its_key() -> None:
    done = CliRunner().invoke(command, ["--matrix"])
    assert done.exit_code == 0
    assert all(role in done.output for role in ROLES)
    assert "as enforced" in done.output and "sealed" in done.output


def test_as_json_a_facility_role_has_nothing_of_allegations() -> None:
    rows = {row["role"]: row for row in json.loads(CliRunner().invoke(command, ["--json"]).output)}
    assert set(rows) == set(ROLES)
    assert rows["facility_manager"]["classes"]["C6"]["level"] == "none"
    assert rows["registrar"]["classes"]["C6"] == {
        "level": "none",
        "named": "none",
        "first": True,
        "note": "when first told, then never shown",
    }
