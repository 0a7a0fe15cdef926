"""Words that half of all people bear are found together with the words beside them."""

import pytest

from tinhso.registers import pairs


def _asked(text: str, *, is_open: bool) -> list[list[str]]:
    found = pairs.terms(text.split(), is_open=is_open)
    return [[one.word + ("*" if one.is_open else "") for one in several] for several in found]


def test_a_name_leaves_a_pair_for_each_common_word_and_each_pair_once() -> None:
    assert pairs.of_value(["tran", "van", "hung"]) == ["tran+hung", "van+tran", "van+hung"]
    assert pairs.of_value(["be", "minh", "anh"]) == []
    assert pairs.of_value(["le", "thi", "le"]) == ["thi+le", "thi+le"]
    assert pairs.of_value(["nguyen", "1985"]) == []


@pytest.mark.parametrize(
    ("text", "is_open", "asked"),
    [
        ("nguyen", False, [["nguyen"]]),
        ("be minh", True, [["be"], ["minh*"]]),
        ("nguyen van hung", False, [["nguyen+hung"], ["van+hung"]]),
        ("hung nguyen", False, [["nguyen+hung"]]),
        ("nguyen van", False, [["nguyen+van"]]),
        ("van nguyen", False, [["nguyen+van"]]),
        ("nguyen 1985", False, [["nguyen"], ["1985"]]),
        ("le le", False, [["le"]]),
        ("le minh anh", False, [["le+minh"], ["anh"]]),
        # A word between two says with which of them it stands.
        ("hung le chan", False, [["hung"], ["le+hung", "le+chan"], ["chan"]]),
        # An unfinished word may become one of the few, which stand in a fixed order.
        ("nguyen v", True, [["nguyen+v*"]]),
        ("tran v", True, [["tran+v*", "van+tran"]]),
    ],
)
def test_what_is_asked_for_is_the_rarest_that_says_the_same(
    text: str, is_open: bool, asked: list[list[str]]
) -> None:
    assert _asked(text, is_open=is_open) == asked


def test_whatever_order_the_words_of_a_name_are_asked_in_its_pairs_answer() -> None:
    name = ["pham", "hoang", "thi", "van", "anh"]
    kept = {*name, *pairs.of_value(name)}
    for several in (["anh", "van"], ["thi", "hoang"], ["van", "thi", "pham"], ["anh", "pham", "hoang"]):
        for one in pairs.terms(several, is_open=False):
            assert kept & {term.word for term in one}
