"""What only PostgreSQL has is tested in the sessions that run on it."""

import os

collect_ignore = [] if os.environ.get("AMANA_TEST_ON") == "postgresql" else ["test_walled_pages.py"]
