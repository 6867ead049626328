"""The home page: what waits today."""
