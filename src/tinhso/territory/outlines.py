"""
Files of boundaries, read into features: GeoJSON and TopoJSON, in longitude and latitude of WGS 84.

What a file says of its projection is believed; where it says nothing, the figures tell.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Invalid

Position = tuple[float, ...]
# Names of WGS 84 in the member «crs» of older GeoJSON; all mean longitude first.
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")
# Vietnam with its seas and islands, in degrees.
_WEST, _SOUTH, _EAST, _NORTH = 102.0, 6.0, 118.0, 24.0


class OutlinesUnreadable(Invalid):
    code = "boundaries-unreadable"
    message = _("Không đọc được tệp «%(name)s». Hãy lưu lại thành GeoJSON hoặc TopoJSON rồi nạp lại.")


class OtherProjection(Invalid):
    code = "boundaries-other-projection"
    message = _(
        "Tọa độ trong tệp theo hệ «%(found)s». Hãy chuyển sang kinh độ, vĩ độ WGS 84 (EPSG:4326) rồi nạp lại."
    )


class LatitudeFirst(Invalid):
    code = "boundaries-latitude-first"
    message = _("Tọa độ trong tệp ghi vĩ độ trước kinh độ. Hãy đổi lại thứ tự: kinh độ trước, vĩ độ sau.")


@dataclass(frozen=True, slots=True)
class Outline:
    """:param geometry: GeoJSON, not looked at yet; None where the feature has none"""

    properties: Mapping[str, object]
    geometry: Mapping[str, Any] | None


def read_outlines(name: str, content: bytes) -> tuple[Outline, ...]:
    """
    Return the features of a file, in its order.

    :raises OutlinesUnreadable: neither GeoJSON nor TopoJSON, or broken
    :raises OtherProjection, LatitudeFirst: its figures are not longitude and latitude
    """
    try:
        document = json.loads(content.decode("utf-8-sig"))
        _require_projection(document)
        outlines = tuple(_topology(document) if document["type"] == "Topology" else _collection(document))
    except (ValueError, LookupError, TypeError, AttributeError) as problem:
        raise OutlinesUnreadable(name=name) from problem
    _require_degrees(outlines)
    return outlines


def _collection(document: Mapping[str, Any]) -> Iterator[Outline]:
    for feature in document["features"]:
        yield Outline(feature.get("properties") or {}, feature.get("geometry"))


def _require_projection(document: Mapping[str, Any]) -> None:
    said = str(((document.get("crs") or {}).get("properties") or {}).get("name", ""))
    if said and not any(said.endswith(known) for known in _WGS84):
        raise OtherProjection(found=said)


def _require_degrees(outlines: Sequence[Outline]) -> None:
    """Look at the first position of each feature: most of them decide."""
    first = [one for one in map(_first_position, outlines) if one]
    if not first:
        return
    if sum(abs(x) > 180 or abs(y) > 180 for x, y in first) * 2 > len(first):
        raise OtherProjection(found="VN-2000, UTM?")
    turned = sum(_in_vietnam(y, x) and not _in_vietnam(x, y) for x, y in first)
    if turned * 2 > len(first):
        raise LatitudeFirst


def _in_vietnam(longitude: float, latitude: float) -> bool:
    return _WEST <= longitude <= _EAST and _SOUTH <= latitude <= _NORTH


def _first_position(outline: Outline) -> tuple[float, float] | None:
    inside: Any = (outline.geometry or {}).get("coordinates")
    while isinstance(inside, list | tuple) and inside and isinstance(inside[0], list | tuple):
        inside = inside[0]
    if not isinstance(inside, list | tuple) or len(inside) < 2:
        return None
    return float(inside[0]), float(inside[1])


def _topology(document: Mapping[str, Any]) -> Iterator[Outline]:
    arcs = [_arc(one, document.get("transform")) for one in document["arcs"]]
    for layer in document["objects"].values():
        for one in layer.get("geometries", [layer]):
            yield Outline(one.get("properties") or {}, _untied(one, arcs))


def _arc(arc: Sequence[Sequence[float]], transform: Mapping[str, Any] | None) -> list[Position]:
    """Return the positions of an arc: with a transform they are steps on a grid."""
    if transform is None:
        return [tuple(position) for position in arc]
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    steps = accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]])
    return [(x * scale_x + move_x, y * scale_y + move_y) for x, y in steps]


def _untied(geometry: Mapping[str, Any], arcs: list[list[Position]]) -> Mapping[str, Any] | None:
    kind = geometry.get("type")
    if kind == "Polygon":
        return {"type": kind, "coordinates": [_ring(ring, arcs) for ring in geometry["arcs"]]}
    if kind == "MultiPolygon":
        return {
            "type": kind,
            "coordinates": [[_ring(ring, arcs) for ring in part] for part in geometry["arcs"]],
        }
    return None


def _ring(numbers: Sequence[int], arcs: list[list[Position]]) -> list[Position]:
    """Return the ring its arcs make together; a negative number is an arc walked backwards."""
    ring: list[Position] = []
    for number in numbers:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += part[1:] if ring else part
    return ring
