"""Guardians and counsel of a case: asked for, confirmed by another, ended."""
