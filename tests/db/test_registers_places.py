"""Where records lie: what is near what, by whose right; and whether they lie in the unit they name."""

import json
from typing import Any

import pytest

from tests.registers_kit import AT, SCHOOLS, SYSTEM, TODAY, enter, now, officer
from tinhso.people.types import ANONYMOUS
from tinhso.registers import nearness, queries
from tinhso.registers.actions.correct_record import correct_record
from tinhso.registers.actions.measure_quality import measure_quality
from tinhso.registers.models import RecordFault
from tinhso.registers.nearness import Near, TooManyNear, having_near
from tinhso.registers.rules import PLACED
from tinhso.registers.types import RecordView
from tinhso.territory.actions.import_boundaries import import_boundaries

PLOTS, PORTS = "economy.industrial-plots", "transport.ports"
VIET_HUNG = "06661"

pytestmark = pytest.mark.django_db


def square(x: float, y: float, side: float = 0.004) -> dict[str, Any]:
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def plot(number: str, x: float, y: float, *, area: str = "6.00", state: str = "free") -> None:
    values = {
        "park.code": "VH",
        "park.name": "Khu thử",
        "plot.number": number,
        "state": state,
        "area": area,
        "place.unit": VIET_HUNG,
        "shape": square(x, y),
    }
    enter(values, register=PLOTS)


def port(code: str, x: float, y: float, *, state: str = "working") -> None:
    values = {
        "port.code": code,
        "port.name": f"Cảng {code}",
        "port.kind": "seaport",
        "state": state,
        "place.unit": VIET_HUNG,
        "place": {"type": "Point", "coordinates": [x, y]},
    }
    enter(values, register=PORTS)


def plots(**asked: Any) -> tuple[RecordView, ...]:
    return queries.find_records(actor=ANONYMOUS, register_id=PLOTS, moment=now(), **asked).records


def near(km: float, records: tuple[RecordView, ...] | None = None, **filters: str) -> dict[str, float]:
    rows = plots() if records is None else records
    wanted = Near(PORTS, km, filters or None)
    found = having_near(actor=ANONYMOUS, moment=now(), records=rows, near=wanted)
    return {one.title.split(",")[0]: round(found[one.id].km, 2) for one in rows if one.id in found}


def test_an_investor_finds_free_plots_of_five_hectares_with_a_port_within_thirty_kilometres() -> None:
    plot("A1", 107.0, 21.0)
    plot("A2", 107.0, 21.01, area="4.99")
    plot("A3", 107.0, 21.02, state="let")
    plot("A4", 107.9, 21.5)
    port("P1", 107.1, 21.0)
    port("P2", 107.15, 21.0)

    rows = plots(filters={"state": "free"}, ranges={"area": ("5", None)})
    assert {one.values["plot.number"] for one in rows} == {"A1", "A4"}
    found = near(30, rows)
    assert found == {"A1": pytest.approx(9.97, abs=0.1)}


def test_the_way_counts_from_edge_to_edge_and_the_nearest_is_told() -> None:
    plot("A1", 107.0, 21.0)
    port("P1", 107.002, 21.002)
    port("P2", 107.1, 21.0)
    assert near(5) == {"A1": 0.0}


def test_what_lies_near_can_be_filtered_too() -> None:
    plot("A1", 107.0, 21.0)
    port("P1", 107.01, 21.0, state="closed")
    assert near(5, state="working") == {}
    assert near(5, state="closed") != {}


def test_nothing_is_near_where_nothing_is() -> None:
    assert near(30) == {}
    plot("A1", 107.0, 21.0)
    assert near(30) == {}
    port("P1", 107.9, 21.5)
    assert near(30) == {}


def test_too_many_to_compare_is_said_and_not_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "MOST", 2)
    monkeypatch.setattr(queries, "LIMIT", 1)
    plot("A1", 107.0, 21.0)
    for number in range(4):
        port(f"P{number}", 107.01 + number / 100, 21.0)
    with pytest.raises(TooManyNear) as refused:
        near(30)
    assert "2" in refused.value.sentence()


def test_counts_of_communes_ask_what_lists_ask() -> None:
    plot("A1", 107.0, 21.0)
    plot("A2", 107.0, 21.01, area="1.00")
    asked: dict[str, Any] = {"ranges": {"area": ("5", None)}, "box": (106.9, 20.9, 107.2, 21.2)}
    counted = queries.count_by_unit(actor=ANONYMOUS, register_id=PLOTS, moment=now(), **asked)
    assert counted == {VIET_HUNG: 1}
    assert (
        queries.count_by_unit(actor=ANONYMOUS, register_id=PLOTS, moment=now(), box=(107.5, 21, 108, 21.5))
        == {}
    )


def school(code: str, x: float, y: float) -> Any:
    values = {"school.code": code, "school.name": code, "level": "primary", "place.unit": VIET_HUNG}
    place = {"type": "Point", "coordinates": [x, y]}
    return enter({**values, "place": place}, register=SCHOOLS).record_id


def load_boundary() -> None:
    feature = {"type": "Feature", "properties": {"code": VIET_HUNG}, "geometry": square(106.95, 20.95, 0.1)}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    import_boundaries(at=AT, name="a.geojson", content=content, on=TODAY, province="22")


def misplaced() -> set[object]:
    return set(RecordFault.objects.filter(rule=PLACED).values_list("record_id", flat=True))


def test_a_record_outside_its_unit_is_a_fault_where_the_boundary_is_known() -> None:
    school("before", 107.3, 21.2)
    assert misplaced() == set()
    load_boundary()
    inside, pier, outside = school("a", 107.0, 21.0), school("b", 107.055, 21.0), school("c", 107.1, 21.0)
    assert misplaced() == {outside}

    actor = officer("specialist", unit="22", kind="education_department")
    right = {"type": "Point", "coordinates": [107.0, 21.0]}
    correct_record(actor=actor, at=AT, record_id=outside, changes={"place": right}, reason="đo lại")
    assert misplaced() == set()
    assert inside
    assert pier


def test_the_night_finds_what_was_entered_before_the_boundary() -> None:
    early = school("before", 107.3, 21.2)
    load_boundary()
    measure_quality(actor=SYSTEM, at=AT, register_id=SCHOOLS)
    assert misplaced() == {early}
