"""Booking, numbers, waiting times: the citizen's pages, the kiosk and the board."""
