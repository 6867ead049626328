"""Moves that somebody intends or had to make at once: plans, urgent protective moves, and the grounds that
stand behind a stay.

A plan moves nobody: it is carried out by a command of its own, once every safeguard that blocks it is clear.
"""
