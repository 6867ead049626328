"""The demonstration's monitor gets a key and one allegation to try it on, once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from amana.apps.accounts import custody
from amana.apps.allegations import queries
from amana.core import envelopes
from amana.exchange.demonstration import allegation
from small_office import AT, settle

pytestmark = pytest.mark.django_db


def test_the_key_file_opens_the_one_allegation_with_the_passphrase_that_is_printed(
    cast: SimpleNamespace, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(envelopes, "SCRYPT_N", 2**10)
    monkeypatch.setattr(allegation, "key_file", lambda: tmp_path / allegation.FILE)
    settle(cast.registrar, tmp_path, people=40)
    assert "one allegation" in allegation.prepare(at=AT)
    assert "before" in allegation.prepare(at=AT)
    file = tmp_path / allegation.FILE
    assert file.stat().st_mode & 0o077 == 0
    key = envelopes.read_key(file.read_text(), allegation.OPENED_WITH)
    assert custody.publics("monitor") == [key.public]
    (line,) = queries.lines(cast.monitor)
    found = queries.opened(cast.monitor, line.ref, key)
    assert found.told["words"] == allegation.WORDS and found.vouched
