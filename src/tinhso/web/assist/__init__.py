"""Thin pages of a community digital team, for a phone."""
