"""Files of boundaries: what is read, what is put right, what is refused with a sentence."""

import json
from typing import Any

import pytest
from shapely import MultiPolygon, Polygon

from tinhso.territory.outlines import LatitudeFirst, OtherProjection, OutlinesUnreadable, read_outlines
from tinhso.territory.polygons import WrongPolygon, drawn, read_polygon

SQUARE = [[107.0, 21.0], [107.1, 21.0], [107.1, 21.1], [107.0, 21.1], [107.0, 21.0]]


def file(*rings: list[list[float]], **more: object) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"code": "1"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for ring in rings
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def test_a_topology_says_what_its_features_say() -> None:
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [107.0, 21.0]},
        "arcs": [[[0, 0], [1, 0]], [[1, 0], [0, 1], [-1, 0], [0, -1]]],
        "objects": {
            "xa": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "1"}},
                    {"type": "Polygon", "arcs": [[~1, ~0]], "properties": {"code": "2"}},
                ],
            }
        },
    }
    one, other = read_outlines("a.topojson", json.dumps(topology).encode())
    assert one.geometry is not None
    assert other.geometry is not None
    area = Polygon(one.geometry["coordinates"][0])
    assert area.bounds == pytest.approx((107.0, 21.0, 107.1, 21.1))
    assert Polygon(other.geometry["coordinates"][0]).area == pytest.approx(area.area)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"type": "Topology"}', b"code,name\n1,a\n", b"\xff\xfe{"])
def test_what_is_no_map_is_refused_by_its_name(content: bytes) -> None:
    with pytest.raises(OutlinesUnreadable) as refused:
        read_outlines("ranh.geojson", content)
    assert "ranh.geojson" in refused.value.sentence()


def test_metres_of_a_projection_are_refused() -> None:
    with pytest.raises(OtherProjection):
        read_outlines("a", file([[x * 1000, y * 100000] for x, y in SQUARE]))


def test_a_projection_that_is_named_is_believed() -> None:
    with pytest.raises(OtherProjection) as refused:
        read_outlines("a", file(SQUARE, crs={"properties": {"name": "urn:ogc:def:crs:EPSG::5897"}}))
    assert "5897" in refused.value.sentence()
    assert read_outlines("a", file(SQUARE, crs={"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}))


def test_latitude_before_longitude_is_noticed() -> None:
    with pytest.raises(LatitudeFirst):
        read_outlines("a", file([[y, x] for x, y in SQUARE]))


def test_a_spike_is_mended_and_said() -> None:
    spike = [*SQUARE[:2], [107.2, 21.0], [107.1, 21.0], *SQUARE[2:]]
    found, mended = read_polygon(polygon(spike))
    assert mended
    assert found.area == pytest.approx(0.01)
    assert read_polygon(polygon(SQUARE))[1] is False


def test_an_outline_that_crosses_itself_badly_is_refused() -> None:
    twice = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0], [1, 1], [3, 1], [3, 3], [1, 3], [0, 0]]
    ring = [[107 + x / 10, 21 + y / 10] for x, y in twice]
    with pytest.raises(WrongPolygon, match="tự cắt"):
        read_polygon(polygon(ring))


@pytest.mark.parametrize(
    "geometry",
    [None, {"type": "Point", "coordinates": [107, 21]}, polygon([]), polygon([[107, 21], [107, 22]])],
)
def test_what_is_no_area_is_refused(geometry: dict[str, Any] | None) -> None:
    with pytest.raises(WrongPolygon):
        read_polygon(geometry)


def test_neighbours_keep_their_common_line_when_made_simple() -> None:
    line = [(107.1, 21.0 + step / 1000 + (step % 2) / 20000) for step in range(101)]
    west = Polygon([(107.0, 21.0), *line, (107.0, 21.1)])
    east = Polygon([(107.2, 21.0), *line, (107.2, 21.1)])
    one, other = drawn([MultiPolygon([west]), MultiPolygon([east])])
    assert len(one.coarse["coordinates"][0][0]) < len(one.whole["coordinates"][0][0])
    shared = set(one.coarse["coordinates"][0][0]) & set(other.coarse["coordinates"][0][0])
    assert len(shared) >= 2
    assert 107.0 < one.label[0] < 107.1
