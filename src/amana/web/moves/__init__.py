"""Moves of one person: planned, stopped, carried out, withdrawn; urgent protective ones and their review."""
