"""Long work that goes on when the page is closed: its state and progress, never its content."""
