"""Kilometres on the earth: between places, and between the edges of what has an extent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon, box

from tinhso.registers.distances import apart, around, kilometres, middle

HA_LONG, MONG_CAI = (107.08, 20.95), (107.97, 21.53)
degrees = st.tuples(st.floats(106, 109), st.floats(20, 22))


def test_known_ways_are_as_long_as_they_are() -> None:
    # One degree of a great circle; along the equator and along a meridian.
    assert kilometres((0, 0), (0, 1)) == pytest.approx(111.195, abs=0.01)
    assert kilometres((0, 0), (1, 0)) == pytest.approx(111.195, abs=0.01)
    assert kilometres((107, 60), (108, 60)) == pytest.approx(55.6, abs=0.1)
    assert kilometres(HA_LONG, MONG_CAI) == pytest.approx(112.6, abs=0.5)


def test_what_meets_is_not_apart_and_edges_count_not_midsts() -> None:
    west, east = box(107.0, 21.0, 107.1, 21.1), box(107.2, 21.0, 107.3, 21.1)
    assert apart(west, box(107.05, 21.05, 107.2, 21.2)) == 0
    assert apart(west, east) == pytest.approx(kilometres((107.1, 21.05), (107.2, 21.05)), rel=0.01)
    assert apart(Point(107.05, 21.05), west) == 0


@given(degrees, degrees)
def test_the_way_back_is_as_long(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert kilometres(one, other) == pytest.approx(kilometres(other, one))
    assert apart(Point(one), Point(other)) == pytest.approx(kilometres(one, other), rel=1e-6, abs=1e-6)


@given(degrees, st.floats(0.1, 60), st.floats(0, 6.283))
def test_the_box_around_a_place_holds_all_that_is_near(
    place: tuple[float, float], km: float, way: float
) -> None:
    west, south, east, north = around(place, km)
    assert west < place[0] < east
    assert south < place[1] < north
    for corner in ((west, place[1]), (east, place[1]), (place[0], south), (place[0], north)):
        assert kilometres(place, corner) >= km * 0.999


def test_a_mark_stands_on_what_it_marks() -> None:
    horseshoe = Polygon([(0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3)])
    assert horseshoe.intersects(Point(middle(horseshoe)))
    assert middle(Point(1, 2)) == (1, 2)
