"""The first page of roles whose work is not the office's day: court, health, figures, data protection."""
