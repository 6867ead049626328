"""The ministry's nouns: one Django context each, always the same few files."""
