"""Keys that the office does not hold: offered, confirmed, withdrawn; and the emergency lock."""
