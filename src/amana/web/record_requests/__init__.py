"""What a person, or who stands by her, asks of her own record, and what is handed over."""
