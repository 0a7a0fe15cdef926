"""Small numbers are hidden, and so is what would give them away."""

import pytest

from tinhso.indicators.suppression import hidden, small_numbers


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"a": 40, "b": 9}, set()),
        ({"a": 40, "b": 0}, set()),
        ({"a": 3, "b": 40, "c": 9}, {"a", "c"}),
        ({"a": 1, "b": 2, "c": 9, "d": 50}, {"a", "b", "c"}),
        ({"a": 4, "b": 4, "c": 9}, {"a", "b"}),
        ({"a": 3, "b": 40}, {"a", "b"}),
        ({"a": 3, "b": 0}, {"a"}),
        ({}, set()),
    ],
)
def test_what_is_hidden_cannot_be_worked_out_from_the_whole(
    counts: dict[str, int], expected: set[str]
) -> None:
    left_out = hidden(counts, least=5)
    assert left_out == expected
    together = sum(counts[name] for name in left_out)
    assert not left_out or len(left_out) > 1 or sum(counts.values()) == together
    assert not left_out or together >= 5 or together == sum(counts.values())


def test_without_a_whole_beside_them_only_small_rows_are_hidden() -> None:
    assert hidden({"a": 3, "b": 40, "c": 9}, least=5, whole_is_told=False) == {"a"}


def test_the_mark_is_a_setting_with_its_reason() -> None:
    assert small_numbers().least == 5
    assert small_numbers().source
