"""What a person, or who stands by her, asks of her own record: to see it, correct it, or object."""
