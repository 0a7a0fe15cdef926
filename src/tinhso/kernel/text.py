"""Folding of Vietnamese text: one spelling for every way a name may have been typed."""

import unicodedata


def normalise(text: str) -> str:
    """Return the text in composed form (NFC), trimmed, with single spaces; what is stored."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """
    Return the text without marks, in lower case; what is searched.

    Composed and decomposed forms, ``hoà`` and ``hòa``, ``Đ`` and ``đ`` all fold to the same letters.

    >>> fold("Đường Hoà Bình")
    'duong hoa binh'
    """
    return " ".join(without_marks(text).casefold().split())


def without_marks(text: str) -> str:
    """
    Return the text without marks and otherwise as it was; what banks and SMS carry.

    >>> without_marks("Đường Hoà Bình")
    'Duong Hoa Binh'
    """
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def name_sort_key(full_name: str) -> tuple[str, str]:
    """Sort people as Vietnamese lists do: by given name (the last word), then by the whole name."""
    folded = fold(full_name)
    return folded.rsplit(" ", 1)[-1], folded
