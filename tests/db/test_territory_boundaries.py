"""Boundaries come in from a file, feature by feature, once, and tell what lies where."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from shapely import Point

from tinhso.territory.actions.import_boundaries import FeatureReport, Outcome, import_boundaries
from tinhso.territory.boundaries import ground, labels
from tinhso.territory.models import Boundary
from tinhso.territory.outlines import LatitudeFirst

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HA_TU, CAO_XANH, HONG_GAI = "06652", "06658", "06685"
# Small squares about where the communes lie; none of them is a boundary of anything.
AT_HA_TU, AT_CAO_XANH = (107.14, 20.94), (107.10, 20.98)

pytestmark = pytest.mark.django_db


def square(corner: tuple[float, float], side: float = 0.04) -> dict[str, Any]:
    x, y = corner
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: dict[str, Any] | None, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def bring_in(
    *features: dict[str, Any], at: datetime = AT, on: date = TODAY, dry_run: bool = False
) -> tuple[FeatureReport, ...]:
    content = json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()
    return import_boundaries(
        at=at, name="ranh.geojson", content=content, on=on, province="22", dry_run=dry_run
    )


def outcomes(*reports: FeatureReport) -> list[Outcome]:
    return [one.outcome for one in reports]


def test_units_are_found_by_code_and_by_name_without_marks() -> None:
    reports = bring_in(
        feature(square(AT_HA_TU), code=HA_TU, name="Hà Tu"),
        feature(square(AT_CAO_XANH), ten="phuong cao xanh"),
    )
    assert outcomes(*reports) == [Outcome.NEW, Outcome.NEW]
    assert [one.code for one in reports] == [HA_TU, CAO_XANH]
    assert set(Boundary.objects.values_list("code", flat=True)) == {HA_TU, CAO_XANH}


def test_the_same_file_again_changes_nothing_and_another_outline_does() -> None:
    one, two = feature(square(AT_HA_TU), code=HA_TU), feature(square(AT_CAO_XANH), code=CAO_XANH)
    bring_in(one, two)
    assert outcomes(*bring_in(one, two, at=AT + timedelta(days=1))) == [Outcome.SAME, Outcome.SAME]
    assert set(Boundary.objects.values_list("loaded_at", flat=True)) == {AT}

    reports = bring_in(feature(square(AT_HA_TU, 0.05), code=HA_TU), two, at=AT + timedelta(days=2))
    assert outcomes(*reports) == [Outcome.CHANGED, Outcome.SAME]
    assert Boundary.objects.count() == 2


def test_a_dry_run_tells_and_writes_nothing() -> None:
    assert outcomes(*bring_in(feature(square(AT_HA_TU), code=HA_TU), dry_run=True)) == [Outcome.NEW]
    assert Boundary.objects.count() == 0


@pytest.mark.parametrize(
    ("told", "outcome", "sentence"),
    [
        (feature(square(AT_HA_TU), name="Phường Không Có"), Outcome.UNKNOWN, "Không tìm thấy"),
        (feature(square(AT_HA_TU)), Outcome.UNKNOWN, "mã hoặc tên"),
        (feature(square(AT_HA_TU), code=HA_TU, name="Cao Xanh"), Outcome.UNKNOWN, "Hãy sửa mã hoặc tên"),
        (feature(square((105.8, 21.0)), code="00004"), Outcome.OUTSIDE, "tỉnh khác"),
        (feature(square((106.4, 20.6)), code=HA_TU), Outcome.OUTSIDE, "cách xa"),
        (feature(None, code=HA_TU), Outcome.REFUSED, "hình vùng"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_rest_is_taken(
    told: dict[str, Any], outcome: Outcome, sentence: str
) -> None:
    reports = bring_in(told, feature(square(AT_CAO_XANH), code=CAO_XANH))
    assert outcomes(*reports) == [outcome, Outcome.NEW]
    assert sentence in reports[0].sentence
    assert list(Boundary.objects.values_list("code", flat=True)) == [CAO_XANH]


def test_two_features_of_one_unit_are_not_both_taken() -> None:
    reports = bring_in(feature(square(AT_HA_TU), code=HA_TU), feature(square(AT_CAO_XANH), code=HA_TU))
    assert outcomes(*reports) == [Outcome.NEW, Outcome.REFUSED]
    assert "số 1" in reports[1].sentence


def test_a_spike_is_mended_and_said() -> None:
    spike = square(AT_HA_TU)
    spike["coordinates"][0].insert(2, [107.3, 20.94])
    spike["coordinates"][0].insert(3, [107.18, 20.94])
    (report,) = bring_in(feature(spike, code=HA_TU))
    assert (report.outcome, report.mended) == (Outcome.NEW, True)


def test_a_file_with_latitude_first_is_refused_whole() -> None:
    with pytest.raises(LatitudeFirst):
        bring_in(feature(square((20.94, 107.14)), code=HA_TU))
    assert Boundary.objects.count() == 0


def test_points_and_boxes_find_their_units() -> None:
    bring_in(feature(square(AT_HA_TU), code=HA_TU), feature(square(AT_CAO_XANH), code=CAO_XANH))
    found = ground(TODAY)
    assert found.unit_at(107.16, 20.96) == HA_TU
    assert found.unit_at(107.11, 21.0) == CAO_XANH
    assert found.unit_at(107.5, 20.5) == ""
    assert found.units_in((107.0, 20.9, 107.15, 21.1)) == (HA_TU, CAO_XANH)
    assert found.units_in((107.16, 20.0, 107.17, 20.95)) == (HA_TU,)
    assert found.is_near(HA_TU, Point(107.16, 20.96), 0)
    assert found.is_near(HA_TU, Point(107.2, 20.96), 0.03)
    assert found.is_near(HA_TU, Point(107.2, 20.96), 0.01) is False
    assert found.is_near(HONG_GAI, Point(107.2, 20.96), 0.01) is None


def test_a_boundary_holds_on_the_days_of_its_unit_only() -> None:
    bring_in(feature(square(AT_HA_TU), code=HA_TU, name="Phường Hà Phong"), on=date(2025, 6, 30))
    assert ground(TODAY).unit_at(107.16, 20.96) == ""
    assert ground(date(2025, 6, 30)).unit_at(107.16, 20.96) == HA_TU
    bring_in(feature(square(AT_HA_TU), code=HA_TU, name="Phường Hà Tu"))
    assert Boundary.objects.filter(code=HA_TU).count() == 2
    assert len(ground(TODAY).outlines) == 1


def test_names_stand_where_the_boundary_is_and_else_where_the_packs_say() -> None:
    assert len(labels(ground(TODAY))) == 54
    bring_in(feature(square(AT_HA_TU), code=HA_TU))
    assert labels(ground(TODAY))[HA_TU] == pytest.approx((107.16, 20.96))
    assert len(labels(ground(TODAY))) == 54
