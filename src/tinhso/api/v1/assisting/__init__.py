"""``/assisting``: a community team files with a citizen's word."""
