"""
Geometry as GeoJSON in WGS 84, looked at before it is kept: whole, of the right kind, inside the province.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from shapely import Geometry, set_precision
from shapely.errors import GEOSException, ShapelyError
from shapely.geometry import mapping, shape
from shapely.validation import explain_validity

from tinhso.definitions.packs import packs_folder, province
from tinhso.definitions.registers.types import FieldType
from tinhso.definitions.roles import whole
from tinhso.definitions.types import Strict
from tinhso.registers.columns import Box

FILE = "extent.yaml"
KINDS = {FieldType.POINT: ("Point",), FieldType.POLYGON: ("Polygon", "MultiPolygon")}
# About a centimetre; more figures than that no surveyor promises.
GRID = 1e-7


class Extent(Strict):
    """
    The province in degrees, from west to east and south to north. :param source: where the corners come from
    """

    west: float
    south: float
    east: float
    north: float
    source: str

    def holds(self, box: Box) -> bool:
        """Tell whether the box lies inside."""
        west, south, east, north = box
        return self.west <= west and self.south <= south and east <= self.east and north <= self.north


class WrongGeometry(ValueError):  # noqa: N818  (an answer about a geometry)
    """:ivar sentence: what is wrong and what to do, in the active language"""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_geometry(value: object, kind: FieldType) -> tuple[Mapping[str, Any], Box]:
    """Return the geometry as it is kept, and the box around it. :raises WrongGeometry: it cannot be kept"""
    found = _shape(value)
    if found.geom_type not in KINDS[kind]:
        said = {"given": found.geom_type, "wanted": KINDS[kind][0]}
        raise WrongGeometry(_("Hình thuộc loại %(given)s, ở đây cần %(wanted)s.") % said)
    if found.is_empty:
        raise WrongGeometry(_("Hình này trống. Hãy vẽ lại."))
    if not found.is_valid:
        said = {"why": explain_validity(found)}
        raise WrongGeometry(
            _("Đường ranh của hình tự cắt hoặc không khép kín (%(why)s). Hãy vẽ lại ranh ở chỗ ấy.") % said
        )
    box: Box = found.bounds
    _require_inside(box)
    return dict(mapping(set_precision(found, GRID))), box


def _shape(value: object) -> Geometry:
    if not isinstance(value, Mapping) or "coordinates" not in value:
        raise WrongGeometry(_("Hình phải là GeoJSON có «type» và «coordinates»."))
    try:
        return shape(value)
    except (ShapelyError, GEOSException, ValueError, TypeError, IndexError, AttributeError) as problem:
        raise WrongGeometry(
            _("Không đọc được tọa độ của hình. Hãy kiểm tra lại tệp hoặc vẽ lại.")
        ) from problem


def _require_inside(box: Box) -> None:
    west, south, east, north = box
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise WrongGeometry(
            _("Tọa độ không phải là kinh độ, vĩ độ WGS 84. Nếu theo VN-2000, hãy chuyển trước khi nhập.")
        )
    limits = extent()
    if limits is not None and not limits.holds(box):
        raise WrongGeometry(_("Hình nằm ngoài tỉnh. Hãy xem lại thứ tự kinh độ, vĩ độ và vị trí của hình."))


def extent() -> Extent | None:
    """Return the province's extent; None where its packs do not say. :raises BrokenPack: the file is wrong"""
    path = packs_folder() / province() / FILE
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else None


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> Extent:
    return whole(path, Extent)
