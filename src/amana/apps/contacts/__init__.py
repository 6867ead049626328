"""Telephone numbers of relatives and others who stand by a person, sealed, found again by exact match."""
