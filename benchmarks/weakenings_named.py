"""What `mutants.py` weakens, the tests it asks, and the weakenings that change nothing.

The walls inside PostgreSQL (`apps/guards/walls.py`) stand in no list: the run is on SQLite, which has none.
Whoever adds a module that refuses adds it here.
"""

from __future__ import annotations

from typing import Final

MODULES: Final = (
    "core/need_to_know.py",
    "apps/accounts/attempts.py",
    "apps/accounts/factor_use.py",
    "apps/accounts/granting.py",
    "apps/accounts/viewers.py",
    "apps/allegations/commands.py",
    "apps/allegations/queries.py",
    "apps/audit/withholding.py",
    "apps/consents/commands.py",
    "apps/consents/queries.py",
    "apps/consents/standing.py",
    "apps/exports/commands.py",
    "apps/exports/queries.py",
    "apps/guards/alerting.py",
    "apps/guards/commands.py",
    "apps/guards/openings.py",
    "apps/guards/reading.py",
    "apps/guards/reasons.py",
    "apps/registry/reach.py",
    "casework/allegations.py",
    "casework/consent.py",
    "casework/disclose.py",
    "casework/exporting.py",
    "casework/gate.py",
    "casework/protection.py",
    "web/access.py",
    "web/openings/reasoned.py",
    "web/openings/through.py",
)
"""Modules that say who may see or do what, and whether a child may be spoken of to her state."""

TESTS: Final = (
    "tests/core/test_need_to_know.py",
    "tests/core/test_reasons.py",
    "tests/apps/accounts",
    "tests/apps/registry/test_reach_narrowed.py",
    "tests/apps/guards",
    "tests/casework/test_allegation_refusals.py",
    "tests/casework/test_allegations.py",
    "tests/casework/test_caseload.py",
    "tests/casework/test_country_gate.py",
    "tests/casework/test_export_gate.py",
    "tests/casework/test_export_refusals.py",
    "tests/casework/test_gate_changes_nothing_else.py",
    "tests/casework/test_gate_refusals.py",
    "tests/casework/test_representatives.py",
    "tests/casework/test_trust_cases.py",
    "tests/casework/test_consular_desk.py",
    "tests/web/test_access.py",
    "tests/web/test_doors.py",
    "tests/web/test_allegation_pages.py",
    "tests/web/test_case_tabs.py",
    "tests/web/test_caseload_pages.py",
    "tests/web/test_consular_pages.py",
    "tests/web/test_exports_pages.py",
    "tests/web/test_factors.py",
    "tests/web/test_openings_pages.py",
    "tests/web/test_reading_pages.py",
    "tests/web/test_reasoned_pages.py",
    "tests/web/test_returns.py",
    "tests/web/test_sign_in.py",
    "tests/web/test_trust_lists.py",
    "tests/web/test_trust_reads.py",
    "tests/web/test_trust_writes.py",
    "tests/web/test_wards_pages.py",
    "tests/web/test_whose_commands.py",
    "tests/web/test_whose_records.py",
    "tests/web/test_withheld.py",
)

EQUIVALENT: Final[frozenset[tuple[str, str, str, str]]] = frozenset(
    {
        # A cell of no level is below whatever a verb asks, and once is no write: refused further down.
        ("core/need_to_know.py", "decide", "without part 2",
         "asked is None or cell.level is Level.NONE or held is not True"),
        # A record made without a token holds none: looked up under the empty one nothing is found.
        ("apps/exports/commands.py", "asked_before", "never leaves here", "not token"),
        ("apps/consents/commands.py", "made_before", "never leaves here", "not token"),
        # False counts as 0.
        ("apps/exports/queries.py", "asked_lately", "without part 2",
         "rows.aggregate(people=Sum('people'))['people'] or 0"),
        ("apps/exports/commands.py", "next_number", "without part 2", "last or 0"),
        ("apps/consents/commands.py", "_store", "without part 2",
         "model.objects.filter(**same).aggregate(last=Max('number'))['last'] or 0"),
        # Only its letters are looked at, and `False` has five that are allowed.
        ("casework/consent.py", "_faults", "without part 2", "taken.get(field) or ''"),
        # The disclosures, read last of the same file, are refused to the same viewers.
        ("apps/consents/queries.py", "return_file", "does not ask", "require_file(viewer, ref)"),
        # The permission asked for in the line before is of the one role whose relation this is.
        ("casework/disclose.py", "show_at_desk", "without part 1",
         "by.relation != 'gate' or nation_of(by.account) != nation"),
        # Nobody's circles hold nobody: the query that is spared finds nobody either.
        ("apps/registry/reach.py", "narrowed", "never leaves here", "not viewer.circles"),
        # Only rows of cases and wards name classes; every other row opens all of them.
        ("apps/registry/reach.py", "narrowed", "without part 2", "classes and viewer.relation in NARROWED"),
        # Few or many, the two forms of the condition find the same people.
        ("apps/registry/reach.py", "narrowed", "never leaves here", "len(few) <= FEW"),
        # Which of the two forms is taken, asked elsewhere.
        ("apps/registry/reach.py", "reaches_few", "never leaves here", "viewer.everybody"),
        ("apps/registry/reach.py", "reaches_few", "always leaves here", "viewer.everybody"),
        ("apps/registry/reach.py", "reaches_few", "compares the other way",
         "len(reached(viewer).values_list('pk')[:FEW + 1]) <= FEW"),
        # Nobody's circles hold nobody.
        ("apps/registry/reach.py", "how_many", "never leaves here", "not viewer.circles"),
        ("apps/registry/reach.py", "among", "without part 1",
         "not viewer.circles or any((viewer.sees(cls) < least for cls in wanted))"),
    }
)  # fmt: skip
"""Module, function, what is done, to which words. Each with its reason."""
