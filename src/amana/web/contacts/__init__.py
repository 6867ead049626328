"""Whom to call: contacts of a case, and whose number this is."""
