"""A text that fits a pattern, for fields that say how theirs look."""

import re._parser as grammar  # type: ignore[import-not-found]  # the one that ``re`` itself uses
from collections.abc import Iterable
from random import Random
from typing import Any

_MOST = 4
_LETTERS = "ABCDEFGHKLMNPQRSTUVXY"
_DIGITS = "0123456789"


def fitting(dice: Random, pattern: str) -> str:
    """Return a text that the pattern takes. :raises NotImplementedError: the pattern is too clever"""
    return "".join(_parts(dice, grammar.parse(pattern)))


def _parts(dice: Random, parsed: Iterable[Any]) -> Iterable[str]:
    for what, said in parsed:
        yield _part(dice, str(what), said)


def _part(dice: Random, what: str, said: Any) -> str:
    if what == "LITERAL":
        return chr(said)
    if what == "IN":
        return _one_of(dice, said)
    if what == "MAX_REPEAT":
        least, most, inner = said
        times = dice.randint(least, min(int(most), max(least, _MOST)))
        return "".join("".join(_parts(dice, inner)) for _time in range(times))
    if what == "SUBPATTERN":
        return "".join(_parts(dice, said[-1]))
    if what == "BRANCH":
        return "".join(_parts(dice, dice.choice(said[1])))
    if what == "ANY":
        return dice.choice(_LETTERS)
    if what == "AT":
        return ""
    raise NotImplementedError(what)


def _one_of(dice: Random, said: Any) -> str:
    what, value = said[0] if len(said) == 1 else dice.choice(said)
    if str(what) == "RANGE":
        return chr(dice.randint(*value))
    if str(what) == "CATEGORY":
        return dice.choice(_DIGITS if "DIGIT" in str(value) else _LETTERS)
    return chr(value)
