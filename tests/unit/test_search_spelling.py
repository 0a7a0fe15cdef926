"""However a word is typed, it is the same word."""

import doctest
import unicodedata

import pytest

from tinhso.definitions.search import spelling
from tinhso.definitions.search.spelling import is_near, sound, untyped, word, words


def test_the_examples_in_the_code_are_true() -> None:
    assert doctest.testmod(spelling) == doctest.TestResults(failed=0, attempted=4)
    assert word("kí").plain == "ki"
    assert word("Đường").marked == "đương1"


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("Thuỷ", "thủy"), ("kí", "ký"), ("quý", "quí"), ("Tỷ", "tỉ"), ("ĐƯỜNG", "đường")],
)
def test_ways_to_write_one_word_are_one_word(one: str, other: str) -> None:
    assert word(one) == word(other)
    assert words(unicodedata.normalize("NFD", one)) == words(other)


@pytest.mark.parametrize(("one", "other"), [("bán", "bản"), ("đỏ", "do"), ("thuế", "thuê"), ("huy", "hui")])
def test_other_words_stay_other_words(one: str, other: str) -> None:
    assert word(one) != word(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng", "dang"),
        ("kys", "ki"),
        ("chuyeenr", "chuyen"),
        ("khaaur", "khau"),
        ("nhaf", "nha"),
        ("trus", "tru"),
        ("thw", "thu"),
        ("giay61", "giay"),
        ("xe", "xe"),
    ],
)
def test_what_a_keyboard_left_is_taken_off(typed: str, meant: str) -> None:
    assert untyped(typed) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nai", "lai"),
        ("xinh", "sinh"),
        ("chuong", "truong"),
        ("giay", "day"),
        ("kat", "cac"),
        ("mong", "mon"),
    ],
)
def test_sounds_people_confuse_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_sounds_nobody_confuses_differ() -> None:
    assert len({sound(plain) for plain in ("khai", "tu", "hon", "dat", "nha", "xe")}) == 6


@pytest.mark.parametrize(
    ("one", "other"), [("kahi", "khai"), ("doanhh", "doanh"), ("sih", "sinh"), ("abd", "abc")]
)
def test_one_slip_is_near(one: str, other: str) -> None:
    assert is_near(one, other)
    assert is_near(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("khai", "sinh"), ("ab", "abcd"), ("ket", "hon"), ("khai", "hkia")]
)
def test_two_slips_are_not(one: str, other: str) -> None:
    assert not is_near(one, other)
