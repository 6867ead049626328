"""Decisions of people on a case: assessments, determinations, court decisions, approvals and appeals."""
