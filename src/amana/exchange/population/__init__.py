"""Whole populations: files of facts read, decided and counted inside DuckDB, the store of two days and a
number a person, and the counts of equal people that a changed law is tried on.
"""
