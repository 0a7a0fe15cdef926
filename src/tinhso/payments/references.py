"""
Payment references: short codes that survive a banking app, a statement and a human being.

A prefix of two letters, 11 random characters, one check character. The alphabet leaves out what is misread
(0, I, L, O, U); 54 bits of chance make a guess worthless.
"""

import re
import secrets

# 31 characters, a prime: with weights below it every single slip and every swap of neighbours shows.
ALPHABET = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_LENGTH = 11
_LENGTH = 2 + _RANDOM_LENGTH + 1
_NOISE = re.compile(r"[^0-9A-Z]+")


def new_reference(prefix: str) -> str:
    """Return a fresh reference of 14 characters."""
    chance = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM_LENGTH))
    return prefix + chance + check_character(chance)


def check_character(chance: str) -> str:
    """Return what goes behind the random characters. :raises ValueError: one is not of the alphabet"""
    total = sum(weight * ALPHABET.index(letter) for weight, letter in enumerate(chance, start=1))
    return ALPHABET[total % len(ALPHABET)]


def is_reference(text: str, *, prefix: str) -> bool:
    """Say whether the text is a whole, well-formed reference."""
    chance = text[len(prefix) : -1]
    return (
        len(text) == _LENGTH
        and text.startswith(prefix)
        and set(chance) <= set(ALPHABET)
        and check_character(chance) == text[-1]
    )


def find_references(purpose: str, *, prefix: str) -> tuple[str, ...]:
    """
    Return every well-formed reference in a transfer's purpose.

    Banks put their own words before and behind, change case, and cut the text with spaces or dots. What they
    add may by chance read as one more reference; the caller looks them up, and only a real one is anybody's.
    """
    text = _NOISE.sub("", purpose.upper())
    starts = (match.start() for match in re.finditer(f"(?={re.escape(prefix)})", text))
    candidates = (text[start : start + _LENGTH] for start in starts)
    return tuple(dict.fromkeys(c for c in candidates if is_reference(c, prefix=prefix)))
