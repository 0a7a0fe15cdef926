"""Lists of dossiers and their papers as files: what is written, how, and within which limits."""
