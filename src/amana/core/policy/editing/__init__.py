"""Dated edits of a pack's parsed files: the old text stays with its days. `edits` is where to begin."""
