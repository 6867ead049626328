"""Tables of determinations."""
