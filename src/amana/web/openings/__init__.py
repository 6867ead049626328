"""Single cases opened in an emergency: asked for, ended, and reviewed by those who watch."""
