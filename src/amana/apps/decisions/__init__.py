"""Policy packs as read from disk, and the stored decisions of the office."""
