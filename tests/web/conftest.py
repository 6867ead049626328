"""The office of canaries; and that what only PostgreSQL has is tested in the sessions that run on it."""

import os

from planted import entered_full, full

__all__ = ["entered_full", "full"]

collect_ignore = [] if os.environ.get("AMANA_TEST_ON") == "postgresql" else ["test_walled_pages.py"]
