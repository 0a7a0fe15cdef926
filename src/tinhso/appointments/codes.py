"""Codes that are typed at a kiosk: short, and without letters that look like others."""

import secrets

LENGTH = 8
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code() -> str:
    """Return a code of 8 signs: 31^8, guessed by nobody at a kiosk."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """
    Return what was typed or scanned as a code; a scanned address ends with it.

    >>> read_code(" abcd-2345 "), read_code("https://example.org/lich-hen/ma/ABCD2345/")
    ('ABCD2345', 'ABCD2345')
    """
    last = typed.strip().rstrip("/").rpartition("/")[2]
    return "".join(sign for sign in last.upper() if sign.isascii() and sign.isalnum())[: 2 * LENGTH]


def grouped_code(code: str) -> str:
    """
    Return the code as it is read out.

    >>> grouped_code("ABCD2345")
    'ABCD 2345'
    """
    return f"{code[:4]} {code[4:]}"
