"""Guardians and counsel: who stands by a person, by whose word, since when and until when."""
