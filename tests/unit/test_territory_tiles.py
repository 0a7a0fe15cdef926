"""The map of tiles: one square for each unit, none on another, about where it lies."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhso.territory.centres import read_centres
from tinhso.territory.tiles import tile_map

CENTRES = read_centres(Path(__file__).parents[2] / "packs" / "quang-ninh" / "centres.tsv")


def test_every_commune_of_the_province_has_a_tile_of_its_own() -> None:
    found = tile_map(CENTRES)
    assert len(CENTRES) == 54
    assert set(found.cells) == set(CENTRES)
    assert len(set(found.cells.values())) == 54
    assert all(0 <= x < found.columns and 0 <= y < found.rows for x, y in found.cells.values())


def test_tiles_lie_as_the_land_does() -> None:
    cells = tile_map(CENTRES).cells
    mong_cai, dong_trieu, co_to, lien_hoa = cells["06712"], cells["07093"], cells["07192"], cells["07180"]
    assert mong_cai[0] > dong_trieu[0]
    assert mong_cai[1] < dong_trieu[1]
    assert co_to[0] > lien_hoa[0]


@pytest.mark.parametrize("centres", [{}, {"1": (107.0, 21.0)}, {str(n): (107.0, 21.0) for n in range(30)}])
def test_none_one_and_thirty_in_one_place_have_tiles_too(centres: dict[str, tuple[float, float]]) -> None:
    assert len(set(tile_map(centres).cells.values())) == len(centres)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(102, 110), st.floats(8, 23.5)), min_size=1, max_size=40))
def test_any_places_get_tiles_that_do_not_meet(places: list[tuple[float, float]]) -> None:
    centres = {str(number): place for number, place in enumerate(places)}
    found = tile_map(centres)
    assert len(set(found.cells.values())) == len(places)
    assert found == tile_map(centres)
