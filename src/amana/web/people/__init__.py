"""People: the list, its search box and its filters."""
