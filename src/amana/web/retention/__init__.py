"""How long records are kept: what is due, legal holds, erasures, periods."""
