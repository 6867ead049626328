"""What `peers.py` measures beside us: invented people, and the same policy in each peer's own terms."""
