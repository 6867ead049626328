"""Structured results put into sentences, in the reader's language."""
