"""The desk of guardians and counsel: her own wards and clients, and what she may ask for them."""
