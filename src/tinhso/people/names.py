"""When two spellings are one name."""

import unicodedata

from tinhso.kernel.text import normalise


def same_name(one: str, other: str) -> bool:
    """
    Say whether two spellings are one name: case, composed form and the place of a tone do not count.

    A different mark is a different name: «Lan» is not «Lân».

    >>> same_name("NGUYỄN THỊ HOÀ", "Nguyễn Thị Hòa"), same_name("Lan", "Lân")
    (True, False)
    """
    return _key(one) == _key(other)


def in_name_case(full_name: str) -> str:
    """
    Write a name given in capitals the way people write it; leave any other as it is.

    >>> in_name_case("HOÀNG VĂN CHÍU")
    'Hoàng Văn Chíu'
    """
    name = normalise(full_name)
    return name.title() if name.isupper() else name


# Old and new spelling differ in where the tone stands (hoà, hòa); the other marks belong to a letter.
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def _key(name: str) -> tuple[tuple[str, str], ...]:
    words = unicodedata.normalize("NFD", normalise(name).casefold()).split()
    return tuple((_without_tone(word), "".join(sorted(m for m in word if m in _TONES))) for word in words)


def _without_tone(word: str) -> str:
    return unicodedata.normalize("NFC", "".join(mark for mark in word if mark not in _TONES))
