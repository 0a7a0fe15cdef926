"""Môi trường thử: a bank with a banking app, collecting accounts, signed callbacks, refunds."""
