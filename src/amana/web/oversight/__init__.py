"""Oversight: what the safeguards find, counted by safeguard and never by person; findings; waivers."""
