"""Persons, families, claims and mother links, as lists and officials state them; nothing here interprets
the law.
"""
