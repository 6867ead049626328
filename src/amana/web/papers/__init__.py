"""Papers of a case: kept, opened, withdrawn."""
