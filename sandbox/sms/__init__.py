"""Môi trường thử: an SMS gateway that keeps what it is given and shows it."""
