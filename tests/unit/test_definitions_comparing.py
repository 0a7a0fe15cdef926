"""Two versions of a procedure are compared as facts: what came, what went, what changed from what to what."""

from typing import Any

import pytest

from tests.unit.definitions_samples import procedure
from tinhso.definitions.comparing import Difference, compare
from tinhso.definitions.types import Procedure, Text

FEE = {"code": "copy", "name": "Lệ phí bản sao", "amount": 8000, "account": "state_budget"}
LATE = FEE | {"when": "late", "amount": 10000, "name": "Lệ phí quá hạn"}
PAPER = {"id": "proof", "name": "Giấy chứng sinh", "originals": 1}
STEPS = [
    {"id": "receive", "name": "Tiếp nhận", "by": "one_stop", "hours": 2},
    {"id": "sign", "name": "Ký", "by": "chairperson", "signs": True, "hours": 4},
]


def sample(**changes: Any) -> Procedure:
    return procedure(**({"fees": [FEE, LATE], "papers": [PAPER], "steps": STEPS} | changes))


def told(found: tuple[Difference, ...]) -> list[tuple[str, str, str, str]]:
    return [(one.part, one.kind, one.name, one.subject.vi if one.subject else "") for one in found]


def only(found: tuple[Difference, ...]) -> Difference:
    assert len(found) == 1, told(found)
    return found[0]


def test_a_version_does_not_differ_from_itself() -> None:
    assert compare(sample(), sample()) == ()


def test_a_fee_says_what_it_was_and_what_it_is() -> None:
    dearer = only(compare(sample(), sample(fees=[FEE | {"amount": 10000}, LATE])))
    assert (dearer.part, dearer.name, dearer.subject) == ("fees", "amount", Text(vi="Lệ phí bản sao"))
    assert (dearer.before, dearer.after) == ("8000", "10000")


def test_a_fee_whose_condition_changed_is_the_same_fee() -> None:
    moved = only(compare(sample(), sample(fees=[FEE, LATE | {"when": "very_late"}])))
    assert (moved.kind, moved.name, moved.before, moved.after) == ("changed", "when", "late", "very_late")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"papers": []}, ("papers", "removed", "", "Giấy chứng sinh")),
        (
            {"papers": [PAPER, PAPER | {"id": "id", "name": "Thẻ căn cước"}]},
            ("papers", "added", "", "Thẻ căn cước"),
        ),
        ({"papers": [PAPER | {"originals": 2}]}, ("papers", "changed", "originals", "Giấy chứng sinh")),
        ({"fees": [FEE]}, ("fees", "removed", "", "Lệ phí quá hạn")),
        ({"steps": [STEPS[0] | {"hours": 3}, STEPS[1]]}, ("steps", "changed", "hours", "Tiếp nhận")),
        ({"steps": [STEPS[1], STEPS[0]]}, ("steps", "moved", "order", "")),
        ({"time": {"value": 3, "unit": "working_day"}}, ("time", "changed", "limit", "")),
        ({"name": "Thủ tục khác"}, ("name", "changed", "name", "")),
        ({"conditions": ["Đủ 18 tuổi."]}, ("conditions", "added", "", "Đủ 18 tuổi.")),
        ({"law": [{"number": "60/2014/QH13"}]}, ("law", "added", "", "60/2014/QH13")),
        ({"channels": ["online"]}, ("ways", "changed", "channels", "")),
        ({"audience": ["citizen", "business"]}, ("audience", "changed", "audience", "")),
    ],
)
def test_each_part_is_compared(changes: dict[str, Any], expected: tuple[str, str, str, str]) -> None:
    assert told(compare(sample(), sample(**changes))) == [expected]


def test_every_field_of_a_procedure_is_compared_somewhere() -> None:
    seen = {
        "code", "examples",  # who it is, and what proves it: no part of what is published
    }  # fmt: skip
    changed = sample(
        name="a", summary="b", field="c", level="province", agency="health_department",
        audience=["business"], assurance=1, life_events=["work"], keywords=["d"], channels=["counter"],
        online="part", time={"value": 9, "unit": "day"}, form=[], papers=[], fees=[], fee_note="e",
        result={"code": "x", "name": "f", "template": "s.typ", "series": "S"}, steps=[STEPS[1]],
        conditions=["g"], notices=["h"], law=[{"number": "1"}], source="i", mandates=["assisted"],
    )  # fmt: skip
    found = compare(sample(), changed)
    seen |= {one.name for one in found if one.subject is None}
    # Reliefs are told among the fees.
    seen |= {"papers", "fees", "reliefs", "steps", "form", "conditions", "notices", "law", "time", "result"}
    assert {one.part for one in found} >= {
        "papers",
        "fees",
        "steps",
        "form",
        "conditions",
        "law",
        "time",
        "result",
    }
    assert set(Procedure.model_fields) - seen == set()


def test_a_question_that_went_is_named() -> None:
    shorter = [
        {"id": "one", "title": "Trang một", "ask": [{"id": "pages", "label": "Số trang", "type": "number"}]}
    ]
    found = told(compare(sample(), sample(form=shorter)))
    assert ("form", "removed", "", "Nơi ở") in found
    assert not any(subject == "Số trang" for _part, _kind, _name, subject in found)
