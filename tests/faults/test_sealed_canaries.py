"""A thousand sealed words are in no file of an office: databases, write-ahead logs, papers, backup, log,
temporary files. A thousand more, sealed to the monitor, do not open with everything that lies on the host.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import office_home as homes
from amana.core import envelopes
from amana.core.blind import open_blind
from amana.core.envelopes import NotForThisKey, PrivateKey

HERE = Path(__file__).parent
MARK = "zahra-canary-4711"


@pytest.fixture
def left(office_home: Path, tmp_path: Path) -> Path:
    """Everything that is left of sealing: copies of the home, the backup, the log, temporary files."""
    everything = tmp_path / "everything"
    (everything / "temporary").mkdir(parents=True)
    options = {"TMPDIR": str(everything / "temporary")}
    done = homes.run(
        office_home, str(HERE / "sealing_process.py"), MARK, str(everything / "taken"), **options
    )
    (everything / "log").write_text(done.stdout + done.stderr, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-2000:]
    backup = ("backup", str(everything / "backup"), "--key-file", str(tmp_path / "backup.key"), "--new-key")
    saved = homes.run(office_home, "-m", "amana", *backup, **options)
    assert saved.returncode == 0, saved.stderr
    (everything / "log of backup").write_text(saved.stdout + saved.stderr, encoding="utf-8")
    office_home.rename(everything / "home")
    return everything


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_a_thousand_sealed_words_stand_in_no_file(left: Path) -> None:
    names = {path.name for path in files(left / "taken")}
    assert {"amana.sqlite3", "amana.sqlite3-wal", "sealed.key"} <= names
    assert len(list((left / "taken" / "attachments").iterdir())) == 60, (
        "copy, original and preview of 20 papers"
    )
    assert (left / "taken" / "amana.sqlite3-wal").stat().st_size > 100_000
    assert "INSERT INTO" in (left / "log").read_text(encoding="utf-8"), "statements are in the log"
    forms = [MARK.encode(), MARK.encode("utf-16-le"), MARK.encode().hex().encode()]
    found = [path for path in files(left) for form in forms if form in path.read_bytes()]
    assert found == []


def test_with_everything_on_the_host_none_of_the_monitor_s_opens(left: Path) -> None:
    keys = [bytes.fromhex(path.read_text(encoding="ascii")) for path in files(left / "home" / "keys")]
    assert len(keys) == 4
    with sqlite3.connect(left / "home" / "amana.sqlite3") as database:
        sealed = [bytes(row[0]) for row in database.execute("SELECT identity FROM audit_holder")]
        closed = database.execute('SELECT id, "case", closed, closed_by FROM audit_casekey').fetchall()
    assert len(sealed) == 1000
    data_keys = [opened for row in closed for key in keys if (opened := _opened(row, key))]
    assert len(data_keys) == len(closed) == 50, (
        "the office key is on the host, and opens what is the office's"
    )
    for envelope in sealed[:: max(1, len(sealed) // 50)]:
        for key in (*keys, *data_keys):
            with pytest.raises(NotForThisKey):
                envelopes.open_with(PrivateKey(key), envelope, "a place")
    alleged = _alleged(left)
    assert len(alleged) == 100
    for ref, content in alleged[::10]:
        for key in (*keys, *data_keys):
            with pytest.raises(NotForThisKey):
                open_blind(PrivateKey(key), content, f"allegation {ref} 1")


def _alleged(left: Path) -> list[tuple[str, bytes]]:
    """Every allegation's reference with its envelope."""
    with sqlite3.connect(left / "home" / "amana.sqlite3") as database:
        asked = "SELECT allegation_id, content FROM allegations_sealing"
        return [(str(ref), bytes(content)) for ref, content in database.execute(asked)]


def _opened(row: tuple[str, str, bytes, str], key: bytes) -> bytes | None:
    from uuid import UUID

    bound = f"case key {UUID(row[0])} {row[1]}".encode()
    try:
        return AESGCM(key).decrypt(row[2][:12], row[2][12:], bound)
    except InvalidTag:
        return None
