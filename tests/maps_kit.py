"""Schools, plots, ports, sights with places, and squares that stand in for boundaries; for tests of maps."""

import json
from typing import Any

from tests.registers_kit import AT, HONG_GAI, SCHOOLS, TODAY, enter
from tinhso.territory.actions.import_boundaries import import_boundaries

PLOTS, PARKS, PORTS, SIGHTS = (
    "economy.industrial-plots",
    "economy.industrial-parks",
    "transport.ports",
    "tourism.places",
)
# About where the communes lie.
AT_HONG_GAI, VIET_HUNG = (107.09, 20.95), "06661"
# A screen around the first.
AROUND = "107.05,20.93,107.13,20.97"


def point(x: float, y: float) -> dict[str, object]:
    return {"type": "Point", "coordinates": [x, y]}


def square(x: float, y: float, side: float) -> dict[str, Any]:
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def school(number: int, *, at: tuple[float, float] = AT_HONG_GAI, name: str = "Trường thử") -> None:
    values = {
        "school.code": f"T{number}",
        "school.name": f"{name} {number}",
        "level": "primary" if number % 2 else "lower",
        "place.unit": HONG_GAI,
        "head.full_name": "Trần Bí Mật",
        "pupils": 300 + number,
        "classes": 10,
        "place": point(*at),
    }
    enter(values, register=SCHOOLS)


def plot(number: str, x: float, area: str = "6.50", *, state: str = "free") -> None:
    values = {"park.code": "VH", "park.name": "Khu thử", "plot.number": number, "state": state, "area": area}
    enter({**values, "place.unit": VIET_HUNG, "shape": square(x, 21.0, 0.003)}, register=PLOTS)


def port(x: float, name: str = "Cảng thử") -> None:
    values = {"port.code": name, "port.name": name, "port.kind": "seaport", "state": "working"}
    enter({**values, "place.unit": VIET_HUNG, "place": point(x, 21.0)}, register=PORTS)


def sight(name: str, x: float, y: float = 20.95) -> None:
    values = {"place.name": name, "kind": "attraction", "place.unit": HONG_GAI}
    enter({**values, "place": point(x, y)}, register=SIGHTS)


def load_boundaries() -> None:
    """Give two communes small squares for boundaries, which they have not."""
    shapes = {HONG_GAI: square(107.06, 20.93, 0.05), VIET_HUNG: square(106.95, 20.97, 0.06)}
    features = [{"type": "Feature", "properties": {"code": c}, "geometry": s} for c, s in shapes.items()]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    import_boundaries(at=AT, name="ranh.geojson", content=content, on=TODAY, province="22")
