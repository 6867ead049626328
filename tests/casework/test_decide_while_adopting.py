"""A list committed while another text becomes law: nobody is left under the old one."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import office_home as homes
import postgres

SCRIPT = str(Path(__file__).with_name("straddling_process.py"))


def _nobody_is_left(home: Path, **options: str) -> None:
    done = homes.run(home, SCRIPT, **options)
    assert done.stdout.split() == ["0", "27", "True", "True"], done.stderr


def test_nobody_is_left_under_the_old_text_on_sqlite(office_home: Path) -> None:
    _nobody_is_left(office_home)


def test_nobody_is_left_under_the_old_text_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    url = postgres.fresh_database(postgres_url, f"amana_{uuid4().hex[:12]}")
    homes.make(tmp_path / "home", DATABASE_URL=url)
    _nobody_is_left(tmp_path / "home", DATABASE_URL=url)
