"""Invented people in a Parquet file, made inside DuckDB from a seed.

As a list of a country's people would be: births from 1920 to 2015, of which 80 % are known to the day, the
rest within a year, within three years, or not at all; 20 nations, 5 % not known; 5 % of unknown sex; as-of
days from 2015 to 2020. `complete`: everything known, as peers without an unknown need it.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

NATIONS = (
    *("IRQ", "PSE"),  # those whom the first text admits
    *("TUR", "RUS", "TJK", "AZE", "KGZ", "UZB", "KAZ", "UKR", "MAR"),
    *("TUN", "FRA", "DEU", "SYR", "EGY", "TKM", "BEL", "GBR", "XXA"),
)
SEXES = ("female", "male")


def write_people(path: Path, rows: int, seed: int, *, complete: bool = False) -> None:
    """Write `rows` people; the same for the same seed."""
    nations = ", ".join(f"'{nation}'" for nation in NATIONS)
    nation = f"([{nations}])[1 + CAST(h // 1000 % 20 AS INTEGER)]"
    sex = "CASE WHEN h // 20000 % 2 = 0 THEN 'female' ELSE 'male' END"
    mother = "h // 40000 % 2 = 0"
    early, late = "born", "born"
    if not complete:
        chance = "h // 80000 % 100"
        early = f"CASE WHEN {chance} < 96 THEN born END"
        later = "born + CAST(h // 8000000 % 1095 AS INTEGER)"
        late = (
            f"CASE WHEN {chance} < 80 THEN born WHEN {chance} < 90 THEN born + 364 "
            f"WHEN {chance} < 96 THEN {later} END"
        )
        nation = f"CASE WHEN h // 8000000000 % 20 > 0 THEN {nation} END"
        sex = f"CASE WHEN h // 160000000000 % 20 > 0 THEN {sex} END"
        mother = f"CASE WHEN h // 3200000000000 % 3 > 0 THEN {mother} END"
    with duckdb.connect() as database:
        # A table is read by all cores, `range` by one.
        database.execute(f"CREATE TABLE numbers AS SELECT CAST(range AS INTEGER) AS i FROM range({rows})")
        database.execute(f"""COPY (
            SELECT i AS ref, {early} AS birth_earliest, {late} AS birth_latest, {sex} AS sex,
              {nation} AS nationality, {mother} AS mother_present,
              DATE '2015-01-01' + CAST(hash(i, {seed} + 2) % 2190 AS INTEGER) AS day
            FROM (SELECT i, hash(i, {seed}) AS h,
                    DATE '1920-01-01' + CAST(hash(i, {seed} + 1) % 35000 AS INTEGER) AS born
                  FROM numbers)
        ) TO '{path}' (FORMAT parquet)""")
