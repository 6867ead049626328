"""Packs as decision tables that a lawyer can read and print."""
