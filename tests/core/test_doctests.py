"""The examples in the documentation of the core come out as written."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import amana.core

MODULES = [found.name for found in pkgutil.walk_packages(amana.core.__path__, "amana.core.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_come_out_as_written(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
