"""Compares the engine with the brute-force oracle on 100,000 random rows of facts, once, and prints a
summary.

python benchmarks/oracle_100k.py [ROWS] [SEED]
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "spec"))
from placement_oracle import answer
from random_facts import rows

from amana.apps.decisions.packs import find_pack
from amana.core.policy import decide


def main(count: int, seed: int) -> int:
    """Exit status 0 if all rows agree, else 1."""
    pack = find_pack("iraq_2018")
    outcomes: Counter[str] = Counter()
    needs: Counter[str] = Counter()
    differing, engine_seconds, oracle_seconds = 0, 0.0, 0.0
    for row in rows(seed, count):
        begun = time.perf_counter()
        verdict = decide(pack, "placement", row)
        judged = time.perf_counter()
        expected = answer(row)
        oracle_seconds += time.perf_counter() - judged
        engine_seconds += judged - begun
        outcomes[verdict.outcome] += 1
        needs[";".join(verdict.needs)] += bool(verdict.needs)
        if any(getattr(verdict, part) != value for part, value in expected.items()):
            differing += 1
            print(f"DIFFERS {row}\n  engine {verdict}\n  oracle {expected}")
    print(f"pack {pack.id} {pack.hash[:12]}  rows {count}  seed {seed}  differing {differing}")
    print(
        f"engine {engine_seconds:.2f} s ({engine_seconds / count * 1e6:.1f} µs a row), "
        f"oracle {oracle_seconds:.0f} s"
    )
    for title, counts in (("outcome", outcomes), ("needs", needs)):
        for name, number in counts.most_common():
            print(f"{title:8} {number:7}  {name}") if number else None
    return 1 if differing else 0


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:3]]
    sys.exit(main(*(given + [100_000, 2018][len(given) :])))
