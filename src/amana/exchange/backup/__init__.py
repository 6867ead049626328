"""Copies of a whole office, encrypted and proved by restoring them."""
