"""Every column of every model says what it is kept for."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from amana.apps.audit.columns import (
    CLASSES,
    PURPOSES,
    RETENTIONS,
    THIRD_PARTY,
    declaration,
    declared_columns,
    kept,
)
from amana.apps.audit.sealing import SealedText


def test_every_column_of_every_installed_app_is_declared() -> None:
    found = declared_columns(apps.get_models(include_auto_created=True))
    undeclared = [name for name, declared in found if declared is None]
    assert not undeclared, f"wrap these fields in kept(): {', '.join(undeclared)}"


def test_the_third_party_table_names_only_models_that_are_installed() -> None:
    installed = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert installed >= THIRD_PARTY.keys()


@pytest.mark.parametrize(
    ("cls", "purpose", "retention"),
    [("C11", "identify", "case"), ("C1", "curiosity", "case"), ("C1", "identify", "forever")],
)
def test_a_word_outside_the_vocabulary_is_refused(cls: str, purpose: str, retention: str) -> None:
    with pytest.raises(ValueError, match=r"columns\.py"):
        kept(models.TextField(), cls=cls, purpose=purpose, retention=retention)


SEALED_BEFORE = {"allegations.Sealing.content"}
"""Envelopes closed to keys that the office doesn't hold, before they come to a column."""


def test_sealed_classes_stand_in_no_plain_column() -> None:
    """C5 to C7 are kept encrypted or not at all."""
    plain = [
        field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if not isinstance(field, SealedText)
        and f"{model._meta.label}.{field.name}" not in SEALED_BEFORE
        and (declared := declaration(field)) is not None
        and declared.cls in {"C5", "C6", "C7"}
    ]
    assert not plain


def test_every_word_of_the_vocabulary_is_explained() -> None:
    for table in (CLASSES, PURPOSES, RETENTIONS):
        assert all(words.strip() for words in table.values())
