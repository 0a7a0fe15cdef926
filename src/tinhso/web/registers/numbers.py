"""Numbers as they are written here: dots between thousands, a comma before decimals."""

import re
from decimal import Decimal, InvalidOperation

_THOUSANDS = re.compile(r"-?\d{1,3}(?:\.\d{3})+")
_BLANK = re.compile(r"[\s\u00a0₫đ]+")


def plain_number(text: str) -> str | None:
    """
    Return the number with a point, as machines read it; None: it is none.

    >>> plain_number("1.234,5"), plain_number("12.5"), plain_number("8.000 ₫")
    ('1234.5', '12.5', '8000')
    """
    given = _BLANK.sub("", text)
    if "," in given or _THOUSANDS.fullmatch(given):
        given = given.replace(".", "").replace(",", ".")
    try:
        number = Decimal(given)
    except InvalidOperation:
        return None
    return f"{number:f}" if number.is_finite() else None


def written(value: object) -> str:
    """
    Write a kept number for people.

    >>> written("1234.50"), written(8000)
    ('1.234,5', '8.000')
    """
    whole, _point, part = f"{Decimal(str(value)):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    if whole.startswith("-") and not grouped.startswith("-"):
        grouped = f"-{grouped}"
    return f"{grouped},{part.rstrip('0')}" if part.strip("0") else grouped
