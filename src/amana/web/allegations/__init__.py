"""Allegations of ill-treatment: taken once, read with a key of one's own, answered by the monitor."""
