"""What writes files at all: a closed list, each with what it may hold. People of the register leave by the
export gate alone; whoever adds a writer says here why nobody leaves by it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "amana"

GATE = "the export gate itself"
CARRY_NOBODY = "law, figures, or opaque numbers: names nobody"
GIVEN = "rows of a file that the user gave, never of the register"
INSIDE = "stays inside the office's own folders, readable by its owner alone"
SEALED = "leaves encrypted, for the office's own restore"
INVENTED = "invented people only"
KEYS = "keys, passes and anchors: names nobody"

WRITERS = {
    "exchange/people_file.py": GATE,
    "cli/export/taking.py": GATE,
    "web/exports/act_views.py": GATE,
    "exchange/output_file.py": "the tool by which commands write; who calls it stands here, too",
    "web/papers/open_views.py": "one paper of one person, to who may read it, each look in the trail",
    "web/allegations/list_views.py": "a sealed envelope, to the monitor whose key opens it",
    "web/register/downloads.py": "rows that were held back, to who brought them in: in the trail as such",
    "cli/queue.py": "the demonstration office; a screen elsewhere, never a file",
    "cli/decide.py": "a file of facts that was given, or the demonstration office; refused elsewhere",
    "exchange/facts_file.py": GIVEN,
    "exchange/comparison.py": GIVEN,
    "cli/encode.py": GIVEN,
    "exchange/population/answers.py": GIVEN,
    "exchange/population/facts_table.py": GIVEN,
    "exchange/pack_table.py": CARRY_NOBODY,
    "cli/packs.py": CARRY_NOBODY,
    "exchange/trail_file.py": CARRY_NOBODY,
    "web/trail/views.py": CARRY_NOBODY,
    "cli/audit/anchor.py": KEYS,
    "apps/audit/anchoring.py": KEYS,
    "apps/audit/keys.py": KEYS,
    "apps/audit/resealing.py": KEYS,
    "cli/keys/custody.py": KEYS,
    "exchange/pass_file.py": KEYS,
    "web/keys/views.py": KEYS,
    "exchange/staged_seal.py": INSIDE,
    "exchange/leak_trace.py": INSIDE,
    "apps/attachments/store.py": INSIDE,
    "exchange/rows_file.py": INSIDE,
    "exchange/backup/cipher.py": SEALED,
    "exchange/backup/container.py": SEALED,
    "exchange/backup/postgresql_tables.py": SEALED,
    "exchange/demonstration/workbook.py": INVENTED,
    "exchange/demonstration/allegation.py": KEYS,
}
"""File -> what it may write."""

CALLS = {"writer", "DictWriter", "write_text", "write_bytes", "replacing", "replacing_file", "replace_bytes"}
ATTACHED = "Content-Disposition"


def writes(tree: ast.AST) -> Iterator[str]:
    """What in a module writes a file or sends one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            opened = name in {"open", "fdopen"} and any(
                isinstance(each, ast.Constant)
                and isinstance(each.value, str)
                and each.value[:1] in ("w", "a", "x")
                for each in [*node.args, *(word.value for word in node.keywords if word.arg == "mode")]
            )
            book = ast.unparse(node.func) == "xlsxwriter.Workbook"
            if name in CALLS or opened or book:
                yield name
        elif isinstance(node, ast.Constant) and node.value == ATTACHED:
            yield ATTACHED


def found() -> set[str]:
    return {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if any(writes(ast.parse(path.read_text("utf-8"))))
    }


def test_whatever_writes_a_file_is_known_and_says_why_nobody_leaves_by_it() -> None:
    assert found() - set(WRITERS) == set(), "say in WRITERS what it writes, or use the export gate"


def test_no_line_speaks_of_what_writes_no_file() -> None:
    assert set(WRITERS) - found() == set()
