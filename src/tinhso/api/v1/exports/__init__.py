"""``/exports``: lists of dossiers as files."""
