"""
Vietnamese syllables as search compares them.

Tone placement (``hoà``, ``hòa``), composed and decomposed letters, ``Đ`` and ``đ``, and a final ``i`` or
``y`` (``kí``, ``ký``) give the same word. What keyboards leave behind (``lamf giaays``, ``lam2 giay61``) and
sounds that many people write alike are made comparable here.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_TONES = {"\u0300": "1", "\u0301": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_VOWELS = frozenset("aeiouy")
# Longest first; north and south write these beginnings for one another.
_BEGINNINGS = (
    ("ngh", "ng"),
    ("ng", "ng"),
    ("nh", "nh"),
    ("gh", "g"),
    ("tr", "ch"),
    ("ph", "f"),
    ("x", "s"),
    ("n", "l"),
    ("r", "d"),
    ("k", "c"),
)
_ENDINGS = (("nh", "n"), ("ng", "n"), ("ch", "t"), ("c", "t"))


@dataclass(frozen=True, slots=True)
class Word:
    """
    :param plain: without marks, what is looked up
    :param marked: letters with their marks and the tone as a digit at the end; ``plain`` where there are none
    :param typed: as it was written
    :param toneless: the letters with their marks and without the tone, which people mistake most
    """

    plain: str
    marked: str
    typed: str = field(default="", compare=False)

    has_marks: bool = field(default=False, compare=False)
    toneless: str = field(default="", compare=False)


def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order; codes fall apart at their dots."""
    return tuple(word(found) for found in _WORD.findall(unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=20_000)
def word(syllable: str) -> Word:
    """
    Return one word in both its forms.

    >>> word("Hoà") == word("hòa")
    True
    >>> word("kí").plain, word("Đường").marked
    ('ki', 'đương1')
    """
    tone, letters, plain = "", [], []
    for mark in unicodedata.normalize("NFD", syllable.casefold()):
        if mark in _TONES:
            tone = _TONES[mark]
        elif unicodedata.combining(mark):
            letters.append(mark)
        else:
            letters.append(mark)
            plain.append("d" if mark == "đ" else mark)
    spelled = unicodedata.normalize("NFC", "".join(letters))
    bare, toneless = final_i("".join(plain)), final_i(spelled)
    return Word(bare, toneless + tone, syllable, bare != toneless + tone, toneless)


def final_i(syllable: str) -> str:
    """Write a ``y`` that alone carries the syllable as ``i``: «ký», «quý», «y tế»."""
    if not syllable.endswith("y"):
        return syllable
    before = syllable[-2:-1]
    return syllable[:-1] + "i" if before not in _VOWELS or syllable == "quy" else syllable


def sound(plain: str) -> str:
    """
    Return what the syllable sounds like to whoever confuses l/n, s/x, ch/tr, d/gi/r, i/y and final n/ng, c/t.

    >>> sound("xinh") == sound("sin"), sound("giai") == sound("dai")
    (True, True)
    """
    said = plain.replace("y", "i")
    if said.startswith("gi"):
        said = "d" + (said[2:] if said[2:3] in _VOWELS else said[1:])
    for beginning, alike in _BEGINNINGS:
        if said.startswith(beginning):
            said = alike + said[len(beginning) :]
            break
    for ending, alike in _ENDINGS:
        if said.endswith(ending):
            return said[: -len(ending)] + alike
    return said


def untyped(plain: str) -> str:
    """
    Return the syllable without what a keyboard in Telex or VNI left in it, the word itself where nothing is.

    >>> untyped("lamf"), untyped("giayas"), untyped("dduwowngf"), untyped("giay61")
    ('lam', 'giay', 'duong', 'giay')
    """
    letters = "".join(letter for letter in plain if not letter.isdigit())
    if letters != plain:
        return letters or plain
    typed = plain.replace("uow", "uo").replace("uw", "u").replace("ow", "o").replace("aw", "a")
    if "w" in typed:
        typed = typed.replace("w", "" if _VOWELS & set(typed) else "u")
    if typed.startswith("d"):
        typed = "d" + typed[1:].replace("d", "")
    first = next((place for place, letter in enumerate(typed) if letter in _VOWELS), len(typed))
    rest = re.sub("[sfrxjz]", "", typed[first:])
    for vowel in "aeo":
        begun, found, after = rest.partition(vowel)
        rest = begun + found + after.replace(vowel, "")
    return final_i(typed[:first] + rest)


def is_near(one: str, other: str) -> bool:
    """Return whether one letter more, less, other, or two swapped make the words the same."""
    if abs(len(one) - len(other)) > 1:
        return False
    begun = 0
    while begun < min(len(one), len(other)) and one[begun] == other[begun]:
        begun += 1
    left, right = one[begun:], other[begun:]
    return (
        left[1:] == right
        or left == right[1:]
        or left[1:] == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )


def without_one(plain: str) -> set[str]:
    """Return the word and what is left of it when any one letter is taken out."""
    return {plain, *(plain[:place] + plain[place + 1 :] for place in range(len(plain)))}
