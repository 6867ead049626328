"""What guards the register against its own users: single cases opened in an emergency, and their review."""
