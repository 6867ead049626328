"""The trail: what was written, what was seen, by whom; and what every column is kept for."""
