"""Consents, screenings, claims, holds, dossiers and disclosures: what opens and closes a country gate."""
