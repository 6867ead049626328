"""Assessments and determinations of best interests, their approvals and appeals, and what judges decided."""
