"""
Money: whole đồng, an ``int``; there is no smaller unit in use.

Amounts in words follow the spelling usual on Vietnamese receipts: ``linh`` (not ``lẻ``) before a lone unit,
``mốt`` and ``lăm`` after tens, ``tư`` for 4 after tens from hai mươi on (``hai mươi tư``, but ``mười bốn``,
``linh bốn``), ``nghìn`` (not ``ngàn``). ``tỷ`` closes nine digits and may repeat: ``một nghìn tỷ``.
"""

from typing import NewType

Dong = NewType("Dong", int)

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000


def format_dong(amount: int) -> str:
    """
    Write an amount as pages show it.

    >>> format_dong(8000)
    '8.000 ₫'
    """
    return f"{amount:,}".replace(",", ".") + " ₫"


def amount_in_words(amount: int) -> str:
    """
    Write an amount as receipts and decisions spell it out, with a capital letter.

    >>> amount_in_words(1_250_000)
    'Một triệu hai trăm năm mươi nghìn đồng'
    >>> amount_in_words(10_021_005)
    'Mười triệu không trăm hai mươi mốt nghìn không trăm linh năm đồng'
    """
    words = [*(["âm"] if amount < 0 else []), *_number(abs(amount)), "đồng"]
    text = " ".join(words)
    return text[0].upper() + text[1:]


def _number(value: int) -> list[str]:
    if value == 0:
        return [_DIGITS[0]]
    billions, rest = divmod(value, _BILLION)
    words = [*_number(billions), "tỷ"] if billions else []
    return words + _below_billion(rest, is_first=not billions)


def _below_billion(value: int, *, is_first: bool) -> list[str]:
    words: list[str] = []
    for power in (2, 1, 0):
        group = value // 1000**power % 1000
        if group:
            words += _group(group, is_full=not (is_first and not words))
            words += [_GROUPS[power]] if power else []
    return words


def _group(value: int, *, is_full: bool) -> list[str]:
    hundreds, rest = divmod(value, 100)
    tens, units = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or is_full else []
    if tens == 0:
        return words + (["linh"] if words and units else []) + ([_DIGITS[units]] if units else [])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return words + ([_units_after_tens(units, tens)] if units else [])


def _units_after_tens(units: int, tens: int) -> str:
    if units == 5:
        return "lăm"
    if tens > 1:
        return {1: "mốt", 4: "tư"}.get(units, _DIGITS[units])
    return _DIGITS[units]
