"""The only place with HTTP, forms and templates."""
