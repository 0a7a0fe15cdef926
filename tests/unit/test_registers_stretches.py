"""A stretch of a register is what its ids say, whole and without overlap."""

from itertools import pairwise
from random import Random
from uuid import UUID

import pytest

from tinhso.registers.stretches import BASE, DIGITS, LAST, Stretches, cover, mark_of

REGISTER = "population.persons"


def _id(mark: int) -> UUID:
    return UUID(hex=f"{mark:0{DIGITS}x}".ljust(32, "7"))


def test_beginnings_cover_a_span_and_nothing_else() -> None:
    dice = Random(7)
    for _round in range(300):
        first = dice.randrange(LAST)
        last = min(LAST, first + dice.randrange(BASE ** dice.randrange(1, DIGITS)))
        covered = [
            (int(one.ljust(DIGITS, "0"), BASE), int(one.ljust(DIGITS, "f"), BASE))
            for one in cover(first, last)
        ]
        assert covered[0][0] == first
        assert covered[-1][1] == last
        assert all(before[1] + 1 == after[0] for before, after in pairwise(covered))
        assert len(covered) <= 2 * (BASE - 1) * DIGITS
    assert list(cover(0x1FE, 0x221)) == [
        "0000001fe", "0000001ff", "00000020", "00000021", "000000220", "000000221",
    ]  # fmt: skip


def test_a_stretch_begins_at_the_cursor_and_holds_its_share_of_the_sample() -> None:
    sample = [_id(1000 * place) for place in range(1, 1001)]
    stretches = Stretches(REGISTER, sample)
    assert stretches.asked(0.01, since=_id(500_000)) == stretches.asked(0.04, since=_id(500_000))
    asked = stretches.asked(0.08, since=_id(500_000))
    spans = [one.partition("%")[2].partition("'")[0] for one in asked.split(" | ")]
    assert 500_000 - 20_000 <= int(spans[0].ljust(DIGITS, "0"), BASE) <= 500_000
    assert 580_000 <= int(spans[-1].ljust(DIGITS, "f"), BASE) <= 600_000
    assert asked.startswith(f"'{REGISTER}%")
    assert asked.endswith("':*")


def test_the_first_and_last_beginnings_are_widened_where_little_lies() -> None:
    asked = Stretches(REGISTER, [_id(0x1A2031340 + place) for place in range(1000)]).asked(
        0.08, since=_id(0x1A2031345)
    )
    assert 1 <= asked.count(":*") <= 8


@pytest.mark.parametrize(("share", "since"), [(0.5, 0), (0.01, 995_000)])
def test_where_a_stretch_saves_nothing_all_is_asked(share: float, since: int) -> None:
    stretches = Stretches(REGISTER, [_id(1000 * place) for place in range(1, 1001)])
    assert stretches.asked(share, since=_id(since)) == ""


def test_a_small_register_has_no_stretches() -> None:
    assert not Stretches(REGISTER, [_id(place) for place in range(1, 50)])
    assert mark_of(_id(77)) == 77
