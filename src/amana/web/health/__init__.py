"""Is the service up? For monitors and load balancers."""
