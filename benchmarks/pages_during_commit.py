"""Page times over HTTP while the worker commits 100,000 invented people into a served office of its own.

`python benchmarks/pages_during_commit.py [PEOPLE]`. SQLite, a fresh home, one visitor at a time; prints p50,
p95 and the longest of each page in milliseconds, and how the commit ended. Ends with 1 where a page did not
answer 200 or the commit did not end done.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import office_home as homes
import served_office
from served_office import Visitor


def main(people: int) -> int:
    """Exit status 0 where every page answered and the list was committed."""
    with tempfile.TemporaryDirectory(prefix="amana-bench-") as folder:
        home = Path(folder) / "home"
        homes.make(home)
        child = served_office.prepare(home)
        with served_office.served(home) as port:
            return measure(home, port, child, people)


def measure(home: Path, port: int, child: str, people: int) -> int:
    """Ask for the commit and fetch pages until it ends."""
    registrar, stranger = Visitor(port), Visitor(port)
    registrar.sign_in("registrar")
    pages = {
        "Sign-in": (stranger, "/session/in/"),
        "Today": (registrar, "/"),
        "People": (registrar, "/people/"),
        "People, searched": (registrar, "/people/?q=daughter"),
        "Case": (registrar, f"/people/{child}/"),
        "Register": (registrar, "/register/"),
    }
    job, began = served_office.prepare(home, people), time.perf_counter()
    seconds: dict[str, list[float]] = defaultdict(list)
    refused = 0
    while served_office.job_state(home, job)[0] in ("queued", "running"):
        for name, (visitor, path) in pages.items():
            status, taken, _ = visitor.get(path)
            refused += status != 200
            seconds[name].append(taken)
    state, result = served_office.job_state(home, job)
    print(f"commit of {people:,} people: {state} after {time.perf_counter() - began:.0f} s  {result}")
    for name, times in seconds.items():
        print(line(name, times))
    print(f"pages that did not answer 200: {refused}")
    return 0 if state == "done" and not refused else 1


def line(name: str, times: list[float]) -> str:
    """One line of the table: p50, p95, max in milliseconds."""
    in_order = sorted(times)
    p50, p95 = in_order[len(in_order) // 2], in_order[int(len(in_order) * 0.95)]
    return (
        f"{name:18} n={len(times):4}  p50 {p50 * 1000:6.0f}  p95 {p95 * 1000:6.0f}  "
        f"max {in_order[-1] * 1000:6.0f} ms"
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
