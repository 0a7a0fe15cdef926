"""Finding procedures by words as people type them."""
