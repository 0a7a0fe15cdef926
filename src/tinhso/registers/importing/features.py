"""Shapefiles in a .zip and GeoPackages, read piece by piece and brought to WGS 84."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyogrio.raw import read as read_raw
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely import Geometry
from shapely.geometry import mapping

from tinhso.registers.importing.sheets import (
    GEOMETRY,
    NoProjection,
    Row,
    SeveralLayers,
    Sheet,
    UnknownProjection,
)

PIECE = 2000
_WGS84 = "EPSG:4326"
Moved = Callable[[Any], Any]


def read_features(file: Path, name: str) -> Sheet:
    """
    :raises NoProjection, UnknownProjection, SeveralLayers: as they say
    :raises DataSourceError: GDAL finds nothing in it
    """
    source = f"/vsizip/{file}" if name.lower().endswith(".zip") else str(file)
    layers = pyogrio.list_layers(source)
    if len(layers) != 1:
        raise SeveralLayers(name=name, count=len(layers))
    info = pyogrio.read_info(source)
    if not info["crs"]:
        raise NoProjection(name=name)
    moved = _to_wgs84(str(info["crs"]))
    fields, total = tuple(str(one) for one in info["fields"]), int(info["features"])

    def rows() -> Iterator[Row]:
        for start in range(0, total, PIECE):
            yield from _piece(source, fields, start, moved)

    kind = "geopackage" if name.lower().endswith(".gpkg") else "shapefile"
    return Sheet(kind, (*fields, GEOMETRY), rows, str(info["encoding"] or ""), "", CRS(info["crs"]).name)


def _piece(source: str, fields: tuple[str, ...], start: int, moved: Moved | None) -> Iterator[Row]:
    _meta, _ids, shapes, columns = read_raw(source, skip_features=start, max_features=PIECE, force_2d=True)
    values = [_plain(column) for column in columns]
    found = shapely.from_wkb(shapes)
    if moved is not None:
        found = shapely.transform(found, moved)
    for place, shape in enumerate(found):
        row: dict[str, object] = {name: column[place] for name, column in zip(fields, values, strict=True)}
        row[GEOMETRY] = _geojson(shape)
        yield row


def _to_wgs84(projection: str) -> Moved | None:
    """
    Return what moves coordinates to longitude and latitude; None where they are that already.

    VN-2000 has parameters of its own (Decision 05/2007/QĐ-BTNMT), which PROJ knows.
    """
    try:
        crs = CRS(projection)
        if crs.equals(CRS(_WGS84), ignore_axis_order=True):
            return None
        transformer = Transformer.from_crs(crs, _WGS84, always_xy=True)
    except (CRSError, ProjError) as problem:
        raise UnknownProjection(projection=projection[:80]) from problem
    return lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1]))


def _geojson(shape: Geometry | None) -> dict[str, object] | None:
    return None if shape is None else dict(mapping(shape))


def _plain(column: Any) -> list[object]:
    """Return a column of numpy as Python has it: days without a time, whole numbers whole."""
    if np.issubdtype(column.dtype, np.datetime64):
        return [None if np.isnat(one) else str(one)[:10] for one in column]
    return [_number(one) for one in column.tolist()]


def _number(value: object) -> object:
    if isinstance(value, float):
        if value != value:  # NaN: the cell is empty
            return None
        return int(value) if value.is_integer() else value
    return value
