"""The path of a case, one verb a file, each one transaction."""
