"""Case: one person with claims, family, placement and history."""
