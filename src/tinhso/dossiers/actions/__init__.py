"""The only ways in to write: one verb, one file."""
