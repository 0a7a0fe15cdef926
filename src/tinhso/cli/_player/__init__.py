"""Plays the life of one dossier through the public pages, as people without JavaScript would."""
