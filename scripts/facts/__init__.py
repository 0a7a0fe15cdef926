"""How collected facts of the national catalogue are read; each choice stands beside its rule."""
