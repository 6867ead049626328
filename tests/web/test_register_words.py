"""Every refusal the worker can give has words of its own: what is wrong, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import amana
from amana.exchange import sheet_limits
from amana.web.register.words import failure_words
from amana.worker.imports import REFUSALS

SOURCE = Path(amana.__file__).parent
NAMED_IN_CODE = re.compile(r'JobRefused\("(\w+)"\)|"message": "(\w+)"')
FALLBACK = failure_words({"message": "broken"})


def named_in_code() -> set[str]:
    paths = (path for folder in ("worker", "apps/jobs") for path in (SOURCE / folder).glob("*.py"))
    found = (pair for path in paths for pair in NAMED_IN_CODE.findall(path.read_text("utf-8")))
    return {code for pair in found for code in pair if code}


CODES = sorted({*sheet_limits.REFUSALS, *REFUSALS.values(), *named_in_code()} - {"broken"})


def test_the_codes_are_found_where_they_are_given() -> None:
    assert {"too_big", "bad_mapping", "account_closed", "not_fit", "worker_died"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_says_what_is_wrong_and_what_to_do(code: str) -> None:
    wrong, mend = failure_words({"message": code})
    assert (wrong, mend) != FALLBACK
    assert wrong.endswith(".") and mend.endswith(".")


def test_a_code_nobody_knows_is_owned_as_our_fault() -> None:
    assert failure_words({"message": "never heard of"}) == failure_words({}) == FALLBACK
