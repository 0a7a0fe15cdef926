import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.money import amount_in_words, format_dong


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (4, "Bốn đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (25, "Hai mươi lăm đồng"),
        (94, "Chín mươi tư đồng"),
        (100, "Một trăm đồng"),
        (101, "Một trăm linh một đồng"),
        (104, "Một trăm linh bốn đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (111, "Một trăm mười một đồng"),
        (115, "Một trăm mười lăm đồng"),
        (121, "Một trăm hai mươi mốt đồng"),
        (555, "Năm trăm năm mươi lăm đồng"),
        (1_000, "Một nghìn đồng"),
        (1_001, "Một nghìn không trăm linh một đồng"),
        (1_010, "Một nghìn không trăm mười đồng"),
        (1_100, "Một nghìn một trăm đồng"),
        (8_000, "Tám nghìn đồng"),
        (21_000, "Hai mươi mốt nghìn đồng"),
        (100_000, "Một trăm nghìn đồng"),
        (105_024, "Một trăm linh năm nghìn không trăm hai mươi tư đồng"),
        (1_000_000, "Một triệu đồng"),
        (1_250_000, "Một triệu hai trăm năm mươi nghìn đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (10_021_005, "Mười triệu không trăm hai mươi mốt nghìn không trăm linh năm đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (2_034_000_000, "Hai tỷ không trăm ba mươi tư triệu đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
        (1_000_000_000_000_000_000, "Một tỷ tỷ đồng"),
        (-15_000, "Âm mười lăm nghìn đồng"),
    ],
)
def test_an_amount_is_spelled_as_receipts_spell_it(amount: int, words: str) -> None:
    assert amount_in_words(amount) == words


_VALUES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


def read_back(words: str) -> int:
    """Read spelled numbers by another road than the one that writes them: word by word, as one hears them."""
    total = section = group = digit = 0
    for word in words.lower().removesuffix(" đồng").split():
        if word in _VALUES:
            digit = _VALUES[word]
        elif word == "mười":
            group += 10
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word in {"nghìn", "triệu"}:
            section += (group + digit) * (1000 if word == "nghìn" else 1_000_000)
            group = digit = 0
        elif word == "tỷ":
            total = (total + section + group + digit) * 1_000_000_000
            section = group = digit = 0
    return total + section + group + digit


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_what_is_spelled_reads_back_as_the_same_amount(amount: int) -> None:
    assert read_back(amount_in_words(amount)) == amount


def test_pages_show_dots_and_the_sign_of_the_currency() -> None:
    assert [format_dong(0), format_dong(8000), format_dong(1_250_000)] == ["0 ₫", "8.000 ₫", "1.250.000 ₫"]
