"""Background work: `loop` takes jobs one after another, the other modules hold their handlers."""
