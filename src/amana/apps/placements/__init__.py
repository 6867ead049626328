"""Facilities and stays: who is where, from which day; a stay is where somebody was seen, never a ground to
hold her.
"""
