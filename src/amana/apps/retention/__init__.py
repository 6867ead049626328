"""How long records are kept: periods with a basis, legal holds, and erasures asked for and decided."""
