"""What people do to a name, a date and a number when they write somebody down for the second time."""

from random import Random

from tinhso.kernel.text import without_marks

# Where the tone stands in oa, oe and uy: both spellings are taught.
_TONES = (
    ("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"),
    ("òe", "oè"), ("óe", "oé"), ("ỏe", "oẻ"), ("õe", "oẽ"), ("ọe", "oẹ"),
    ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("ụy", "uỵ"),
)  # fmt: skip
_NEAR = {"l": "n", "n": "l", "s": "x", "x": "s", "d": "gi", "y": "i", "i": "y", "c": "k", "tr": "ch"}


def other_tone(_dice: Random, name: str) -> str:
    """``Hòa`` becomes ``Hoà``, and the other way round."""
    for old, new in _TONES:
        if old in name:
            return name.replace(old, new)
        if new in name:
            return name.replace(new, old)
    return name


def no_marks(_dice: Random, name: str) -> str:
    """As machines without Vietnamese write it."""
    return without_marks(name)


def plain_d(_dice: Random, name: str) -> str:
    """Đ written as D."""
    return name.replace("Đ", "D").replace("đ", "d")


def slip(dice: Random, name: str) -> str:
    """A letter left out, doubled, swapped with its neighbour, or heard as another."""
    places = [place for place, mark in enumerate(name) if mark.isalpha() and 0 < place < len(name) - 1]
    place = dice.choice(places)
    kind = dice.randrange(4)
    if kind == 0:
        return name[:place] + name[place + 1 :]
    if kind == 1:
        return name[:place] + name[place] + name[place:]
    if kind == 2:
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name[:place] + _NEAR.get(name[place].lower(), name[place]) + name[place + 1 :]


def no_middle(_dice: Random, name: str) -> str:
    """The middle names left out."""
    words = name.split()
    return f"{words[0]} {words[-1]}" if len(words) > 2 else name


NAMES = ((other_tone, 3), (no_marks, 3), (plain_d, 1), (slip, 3), (no_middle, 1))


def wrong_name(dice: Random, name: str) -> str:
    """Return the name as it comes the second time; often just as it was."""
    if dice.random() < 0.35:
        return name
    make = dice.choices([one for one, _w in NAMES], weights=[w for _one, w in NAMES])[0]
    return " ".join(make(dice, name).split())


def wrong_date(dice: Random, written: str, *, partial: bool) -> str:
    """Return the date as it comes the second time: mostly right, else days and months swapped, or a slip."""
    chance = dice.random()
    if chance < 0.75 or len(written) != 10:
        return written
    year, month, day = written.split("-")
    if chance < 0.85 and int(day) <= 12:
        return f"{year}-{day}-{month}"
    if chance < 0.92 and partial:
        return year
    return f"{year}-{month}-{min(28, int(day) + 1):02}"


def wrong_number(dice: Random, number: str) -> str:
    """Return the number with one digit wrong, or two of them swapped."""
    place = dice.randrange(6, 11)
    if dice.random() < 0.5 and number[place] != number[place + 1]:
        return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return number[:place] + str((int(number[place]) + dice.randrange(1, 10)) % 10) + number[place + 1 :]
