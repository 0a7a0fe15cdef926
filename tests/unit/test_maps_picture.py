"""The frame of a map and what is drawn in it: inside the province, in proportion, names beside each other."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.web.maps.asked import asked
from tinhso.web.maps.boxes import HIGH, WIDE, around, fitted, frame
from tinhso.web.maps.drawing import Paper, labels
from tinhso.web.maps.layers import MOST, Layer
from tinhso.web.maps.themes import Theme

LIMITS = (106.4, 20.6, 108.2, 21.7)
WHOLE = frame("", LIMITS)


def layer(number: int) -> Layer:
    name = f"maps.layer-{chr(97 + number)}"
    definition = RegisterDefinition.model_validate(
        {
            "id": name,
            "name": name,
            "field": "Thử",
            "law": "thử",
            "key": {"pattern": "{code}", "source": "thử"},
            "title": ["code"],
            "geometry": "place",
            "fields": [
                {"id": "code", "type": "text", "label": "Mã"},
                {"id": "area", "type": "number", "decimals": 2, "filtered": True, "label": "Diện tích"},
                {"id": "born", "type": "date", "filtered": True, "label": "Ngày"},
                {
                    "id": "state",
                    "type": "choice",
                    "label": "Loại",
                    "options": [{"value": "free", "label": "Trống"}],
                },
                {"id": "place", "type": "point", "label": "Vị trí"},
            ],
            "access": {"read": [{"roles": ["specialist"], "scope": "province"}]},
            "retention": {"source": "thử"},
        }
    )
    return Layer(definition, definition.fields)


LAYERS = tuple(layer(number) for number in range(8))
A, B = LAYERS[0].id, LAYERS[1].id


@given(st.lists(st.floats(90, 120), min_size=4, max_size=4))
def test_no_frame_leaves_the_province_or_its_proportions(numbers: list[float]) -> None:
    found = frame(",".join(map(str, numbers)), LIMITS)
    west, south, east, north = found.box
    assert found.width * found.squeeze / found.height == pytest.approx(WIDE / HIGH)
    assert WHOLE.box[0] - 1e-9 <= west < east <= WHOLE.box[2] + 1e-9
    assert WHOLE.box[1] - 1e-9 <= south < north <= WHOLE.box[3] + 1e-9


@pytest.mark.parametrize(
    "written", ["", "a,b,c,d", "1,2,3", "nan,nan,nan,nan", "107,21,106,22", "inf,0,inf,1"]
)
def test_what_is_no_box_is_the_whole_province(written: str) -> None:
    assert frame(written, LIMITS).is_whole


def test_a_closer_look_and_back_is_the_same_place() -> None:
    near = around((107.1, 21.0), 0.1, LIMITS)
    back = near.zoomed(2).zoomed(0.5)
    assert back.box == pytest.approx(near.box)
    assert near.zoomed(1000).height == pytest.approx(0.003)
    assert near.zoomed(0.0001).is_whole


def test_moving_stops_at_the_border() -> None:
    near = around((107.1, 21.0), 0.1, LIMITS)
    assert near.moved(1, 0).box[0] > near.box[0]
    at_border = near
    for _step in range(60):
        at_border = at_border.moved(1, 0)
    assert at_border.box[2] == pytest.approx(WHOLE.box[2])
    assert at_border.moved(1, 0).box == pytest.approx(at_border.box)


def test_north_is_up_and_the_scale_is_round() -> None:
    paper = Paper(WHOLE)
    assert paper.place(107, 21.5)[1] < paper.place(107, 20.9)[1]
    assert paper.place(*WHOLE.box[:2]) == (0, HIGH)
    assert paper.scale().text == "20 km"
    assert 0 < paper.scale().width <= WIDE / 5
    assert Paper(around((107.1, 21.0), 0.003, LIMITS)).scale().text.endswith(" m")


def test_an_outline_too_small_to_be_seen_is_no_path() -> None:
    tiny = {"type": "Polygon", "coordinates": [[[107, 21], [107.0001, 21], [107.0001, 21.0001], [107, 21]]]}
    large = {"type": "Polygon", "coordinates": [[[107, 21], [107.1, 21], [107.1, 21.1], [107, 21]]]}
    assert Paper(WHOLE).path(tiny) == ""
    assert Paper(WHOLE).path(large).startswith("M")


def test_names_do_not_lie_on_each_other_nor_on_marks() -> None:
    found = labels(
        [("Hồng Gai", (400, 300)), ("Hà Tu", (410, 302)), ("Bãi Cháy", (300, 300))], [(300, 300, 7)]
    )
    assert [one.text for one in found] == ["Hồng Gai"]


def test_filters_come_from_the_definition_and_nothing_else_is_asked() -> None:
    query = QueryDict(
        f"lop={A}&{A}:state=free&{A}:area:tu=5,5&{A}:area:den=x&{A}:code=1&{A}:born:tu=2020&{B}:state=free&lop=khong.co"
    )
    (shown,) = asked(query, LAYERS, ()).shown
    assert shown.filters == {"state": "free"}
    assert shown.ranges == {"area": ("5.5", None)}
    assert shown.near is None


@pytest.mark.parametrize(
    ("km", "near"), [("30", 30.0), ("0", None), ("-1", None), ("9999", None), ("", None)]
)
def test_near_needs_a_layer_and_sensible_kilometres(km: str, near: float | None) -> None:
    query = QueryDict(f"lop={A}&{A}:gan={B}&{A}:km={km}")
    (shown,) = asked(query, LAYERS, ()).shown
    assert (shown.near.km if shown.near else None) == near
    assert asked(QueryDict(f"lop={A}&{A}:gan=khong.co&{A}:km=3"), LAYERS, ()).shown[0].near is None


def test_more_layers_than_can_be_told_apart_are_said() -> None:
    found = asked(QueryDict("&".join(f"lop={one.id}" for one in LAYERS)), LAYERS, ())
    assert len(found.shown) == MOST
    assert found.too_many
    assert [one.layer.look for one in found.shown] == list(range(1, MOST + 1))


def test_without_a_question_the_first_theme_is_shown() -> None:
    theme = Theme.model_validate(
        {"id": "t", "name": "T", "layers": [A, "khong.co"], "asked": {f"{A}:state": "free"}}
    )
    found = asked(QueryDict(""), LAYERS, (theme,))
    assert [one.layer.id for one in found.shown] == [A]
    assert found.shown[0].filters == {"state": "free"}
    assert asked(QueryDict("xa=06673"), LAYERS, (theme,)).shown == ()


def test_the_address_says_all_that_was_asked() -> None:
    query = QueryDict(f"lop={A}&{A}:state=free&{A}:area:tu=5&{A}:gan={B}&{A}:km=30&xa=06673")
    first = asked(query, LAYERS, ())
    again = asked(QueryDict(first.query(around((107.1, 21), 0.1, LIMITS))[1:]), LAYERS, ())
    assert again == first


def test_a_small_box_is_fitted_and_kept_inside() -> None:
    found = fitted((106.4, 20.6, 106.41, 20.61), WHOLE.box)
    assert found.box[0] >= WHOLE.box[0] - 1e-9
    assert found.box[1] >= WHOLE.box[1] - 1e-9
