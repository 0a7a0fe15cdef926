"""The limit of a case follows from what was answered and found."""

import pytest

from tests.unit.definitions_samples import FACTS, procedure
from tinhso.definitions.types import Unit
from tinhso.dossiers.time_limits import limit_for

REVIEW = {
    "id": "review",
    "name": "Nhận",
    "by": "one_stop",
    "ask": [{"id": "review.unknown", "label": "Chưa có trong cơ sở dữ liệu?", "type": "yes_no"}],
}
LAW = procedure(
    time={
        "value": 1,
        "unit": "working_day",
        "cut_off": "15:00",
        "same_day": True,
        "cases": [
            {"when": "review.unknown", "value": 3, "unit": "working_day"},
            {"when": "married", "value": 8, "unit": "day"},
        ],
    },
    steps=[REVIEW, {"id": "sign", "name": "Ký", "by": "chairperson", "signs": True}],
)


@pytest.mark.parametrize(
    ("answers", "value", "unit", "same_day"),
    [
        ({}, 1, Unit.WORKING_DAY, True),
        ({"married": False, "review.unknown": False}, 1, Unit.WORKING_DAY, True),
        ({"married": True}, 8, Unit.DAY, False),
        ({"married": True, "review.unknown": True}, 3, Unit.WORKING_DAY, False),
    ],
)
def test_the_first_case_that_holds_gives_the_limit(
    answers: dict[str, object], value: int, unit: Unit, same_day: bool
) -> None:
    limit = limit_for(LAW, answers, FACTS)
    assert (limit.value, limit.unit, limit.same_day, bool(limit.cut_off)) == (value, unit, same_day, same_day)
