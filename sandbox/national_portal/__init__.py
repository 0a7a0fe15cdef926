"""Môi trường thử: the National Public Service Portal, as far as it exchanges dossiers with a province."""
