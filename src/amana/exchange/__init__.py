"""One adapter per format or engine."""
