"""Who sits at the desk of which country, and what missions answered about a person."""
