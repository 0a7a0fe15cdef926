"""Môi trường thử: a certificate authority with time stamps (RFC 3161), OCSP (RFC 6960) and CRL (RFC 5280)."""
