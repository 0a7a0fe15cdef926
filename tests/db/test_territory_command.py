"""``tinhso territory import-boundaries`` as an operator calls it."""

import json
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from click.testing import CliRunner, Result
from pyproj import Transformer

from tinhso.cli import _django
from tinhso.cli.territory import command
from tinhso.territory.models import Boundary

HA_TU = "06652"
RING = [[107.14, 20.94], [107.18, 20.94], [107.18, 20.98], [107.14, 20.98], [107.14, 20.94]]
# VN-2000 / UTM zone 48N.
VN_2000 = "EPSG:3405"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def database_of_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_django, "start", lambda: None)


def run(file: Path, *options: str) -> Result:
    return CliRunner().invoke(command, ["import-boundaries", str(file), "--on", "2026-03-10", *options])


def geojson(folder: Path, code: str = HA_TU) -> Path:
    shape = {"type": "Polygon", "coordinates": [RING]}
    features = [{"type": "Feature", "properties": {"code": code}, "geometry": shape}]
    path = folder / "ranh.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_the_last_line_counts_and_the_source_is_kept(tmp_path: Path) -> None:
    done = run(geojson(tmp_path), "--source", "Sở thử")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1].startswith("1 hình: 1 mới")
    assert Boundary.objects.get().source == "Sở thử"
    assert run(geojson(tmp_path)).stdout.splitlines()[-1].startswith("1 hình: 0 mới, 0 sửa, 1 như cũ")


def test_a_dry_run_in_json_tells_each_feature_and_keeps_nothing(tmp_path: Path) -> None:
    done = run(geojson(tmp_path), "--dry-run", "--json")
    told = json.loads(done.stdout)
    assert (told["features"][0]["code"], told["features"][0]["outcome"]) == (HA_TU, "new")
    assert not Boundary.objects.exists()


def test_what_was_left_out_is_said_and_the_exit_tells(tmp_path: Path) -> None:
    done = run(geojson(tmp_path, code="99999"))
    assert done.exit_code == 2
    assert "không nhận ra" in done.stdout
    assert not Boundary.objects.exists()


def test_a_geopackage_in_vn_2000_is_brought_to_wgs_84(tmp_path: Path) -> None:
    to_metres = Transformer.from_crs("EPSG:4326", VN_2000, always_xy=True)
    shape = shapely.Polygon([to_metres.transform(x, y) for x, y in RING])
    path = tmp_path / "ranh.gpkg"
    pyogrio.raw.write(
        path,
        np.array([shapely.to_wkb(shape)], dtype=object),
        [np.array([HA_TU], dtype=object)],
        ["code"],
        geometry_type="Polygon",
        crs=VN_2000,
        driver="GPKG",
    )
    done = run(path)
    assert done.exit_code == 0, done.output
    kept = Boundary.objects.get()
    assert (kept.longitude, kept.latitude) == pytest.approx((107.16, 20.96), abs=1e-3)
