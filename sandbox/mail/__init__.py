"""Môi trường thử: an SMTP server that keeps every message and shows it, and delivers none."""
