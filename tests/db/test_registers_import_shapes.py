"""Geometry from files of map programs: read piece by piece, brought to WGS 84, looked at row by row."""

import json
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
import shapely
from pyogrio.raw import write
from pyproj import Transformer
from shapely.geometry import Polygon, mapping

from tests import registers_kit as kit
from tests.registers_kit import AT, PARCELS, SYSTEM
from tinhso.registers import queries
from tinhso.registers.importing.importer import Imported, import_file
from tinhso.registers.importing.sheets import FileUnreadable, NoProjection, SeveralLayers
from tinhso.registers.models import Record

pytestmark = pytest.mark.django_db
VN2000 = "EPSG:3406"
MAPPING = {"XA": "place.unit", "TO": "map.sheet", "THUA": "parcel.number", "DT": "area", "LOAI": "use"}
SQUARE = [(107.3, 21.5), (107.301, 21.5), (107.301, 21.501), (107.3, 21.501), (107.3, 21.5)]
BOW = [(107.3, 21.5), (107.301, 21.501), (107.301, 21.5), (107.3, 21.501), (107.3, 21.5)]
HA_NOI = [(x - 1.5, y - 0.5) for x, y in SQUARE]
RINGS = [SQUARE, BOW, HA_NOI]


def rows() -> list[list[str]]:
    return [[str(place) for place in range(3)], ["1"] * 3, ["06838"] * 3, ["90.5"] * 3, ["ont"] * 3]


def shapes(file: Path, *, crs: str | None, moved: bool = False, layer: str = "") -> None:
    to = Transformer.from_crs("EPSG:4326", VN2000, always_xy=True)
    rings = [[to.transform(*point) for point in ring] if moved else ring for ring in RINGS]
    write(
        str(file),
        geometry=np.array([shapely.to_wkb(Polygon(ring)) for ring in rings], dtype=object),
        field_data=[np.array(one, dtype=object) for one in rows()],
        fields=["THUA", "TO", "XA", "DT", "LOAI"],
        geometry_type="Polygon",
        crs=crs,
        **({"layer": layer, "append": True} if layer else {}),
    )


def zipped(folder: Path) -> Path:
    file = folder / "thua.zip"
    with ZipFile(file, "w") as archive:
        for part in folder.glob("thua.*"):
            if part != file:
                archive.write(part, part.name)
    return file


def take(file: Path) -> Imported:
    return import_file(at=AT, register_id=PARCELS, file=file, mapping=MAPPING)


@pytest.mark.parametrize(("crs", "moved"), [("EPSG:4326", False), (VN2000, True)])
@pytest.mark.parametrize("kind", ["shapefile", "geopackage"])
@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_map_files_are_read_in_their_projection_and_bad_outlines_are_told(
    tmp_path: Path, kind: str, crs: str, moved: bool
) -> None:
    shapes(tmp_path / f"thua.{'shp' if kind == 'shapefile' else 'gpkg'}", crs=crs, moved=moved)
    done = take(zipped(tmp_path) if kind == "shapefile" else tmp_path / "thua.gpkg")

    assert (done.kind, done.report.new, done.report.wrong) == (kind, 1, 2)
    assert "tự cắt" in done.report.problems[0].sentence
    assert "ngoài tỉnh" in done.report.problems[1].sentence
    near = (107.2999, 21.4999, 107.3002, 21.5002)
    found = queries.find_records(actor=SYSTEM, register_id=PARCELS, moment=kit.now(), box=near).records
    assert [one.key for one in found] == ["06838-1-0"]
    assert found[0].geometry is not None
    west, south, east, north = shapely.geometry.shape(found[0].geometry).bounds
    assert np.allclose((west, south, east, north), (107.3, 21.5, 107.301, 21.501), atol=1e-5)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_shapefile_that_names_no_projection_is_refused_with_what_to_do(tmp_path: Path) -> None:
    shapes(tmp_path / "thua.shp", crs=None)
    with pytest.raises(NoProjection) as refused:
        take(zipped(tmp_path))
    assert ".prj" in refused.value.sentence()
    assert Record.objects.count() == 0


def test_several_layers_and_an_empty_archive_are_refused(tmp_path: Path) -> None:
    for layer in ("a", "b"):
        shapes(tmp_path / "thua.gpkg", crs="EPSG:4326", layer=layer)
    with pytest.raises(SeveralLayers):
        take(tmp_path / "thua.gpkg")
    with ZipFile(tmp_path / "rong.zip", "w"):
        pass
    with pytest.raises(FileUnreadable):
        take(tmp_path / "rong.zip")


def test_geojson_is_read_feature_by_feature_and_broken_off_it_is_refused(tmp_path: Path) -> None:
    columns = ("THUA", "TO", "XA", "DT", "LOAI")
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(columns, values, strict=True)),
            "geometry": mapping(Polygon(ring)),
        }
        for ring, *values in zip(RINGS, *rows(), strict=True)
    ]
    text = json.dumps({"type": "FeatureCollection", "name": "[x", "features": features})
    (tmp_path / "a.geojson").write_text(text)
    assert (take(tmp_path / "a.geojson").report.new, Record.objects.count()) == (1, 1)

    (tmp_path / "b.geojson").write_text(text[:-400])
    with pytest.raises(FileUnreadable):
        take(tmp_path / "b.geojson")
