"""Read-only reports, one file each, discovered from the folder."""
