"""Allegations of ill-treatment and of forced statements (C6): sealed to the monitor, unreadable here."""
