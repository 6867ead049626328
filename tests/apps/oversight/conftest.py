"""What tests of this folder start from."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "casework"))

from determined import family
from registered import committed, site

__all__ = ["committed", "family", "site"]
