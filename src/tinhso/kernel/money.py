"""Money: whole đồng, an ``int``; there is no smaller unit in use."""

from typing import NewType

Dong = NewType("Dong", int)


def format_dong(amount: int) -> str:
    """
    Write an amount as pages show it.

    >>> format_dong(8000)
    '8.000 ₫'
    """
    return f"{amount:,}".replace(",", ".") + " ₫"
