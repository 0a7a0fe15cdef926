"""Môi trường thử: the payment platform of the national portal."""
