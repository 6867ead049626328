"""Structured results put into sentences, in the reader's language.

The language is Django's active one; pack texts are picked by it. Nothing here reads a clock or a database.
"""
