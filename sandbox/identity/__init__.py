"""Môi trường thử: a stand-in for the national identity provider, speaking real OpenID Connect."""
