"""Which relief applies to which fee, on which day, and how much is paid then."""

from datetime import date

import pytest

from tests.unit.forms_procedure import COMPLETE, NAMELESS, PROCEDURE
from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure, Relief, Text
from tinhso.forms import engine

FEES = tuple(dict.fromkeys(fee.code for fee in PROCEDURE.fees))
LINES = {line.code: line for line in engine.fees(PROCEDURE, COMPLETE, NAMELESS)}
CODE = next(iter(LINES))
FULL = LINES[CODE].amount


def relief(**changes: object) -> Relief:
    values: dict[str, object] = {"id": "poor", "name": Text(vi="Hộ nghèo"), "when": "true", "law": "Luật thử"}
    return Relief.model_validate(values | changes)


def with_reliefs(*reliefs: Relief) -> Procedure:
    return PROCEDURE.model_copy(update={"reliefs": reliefs})


def paid(procedure: Procedure, facts: Facts = NAMELESS, **verdicts: bool) -> tuple[int, str]:
    said = {(CODE, name): granted for name, granted in verdicts.items()}
    lines = engine.fees(procedure, COMPLETE, facts, verdicts=said)
    line = next(line for line in lines if line.code == CODE)
    return line.amount, line.relief


def test_without_a_relief_the_whole_fee_is_paid() -> None:
    assert (LINES[CODE].amount, LINES[CODE].full, LINES[CODE].relief) == (FULL, FULL, "")


def test_an_exempt_line_stays_to_be_seen_with_what_it_would_have_cost() -> None:
    lines = engine.fees(with_reliefs(relief()), COMPLETE, NAMELESS)
    line = next(line for line in lines if line.code == CODE)
    assert (line.amount, line.full, line.relief_name, line.relief_law) == (0, FULL, "Hộ nghèo", "Luật thử")


@pytest.mark.parametrize(("percent", "amount"), [(50, FULL * 50 // 100), (33, FULL * 33 // 100)])
def test_a_reduction_leaves_its_part_in_whole_dong(percent: int, amount: int) -> None:
    assert paid(with_reliefs(relief(percent=percent))) == (amount, "poor")


def test_the_first_that_holds_applies() -> None:
    both = with_reliefs(relief(id="never", when="false"), relief(id="half", percent=50), relief())
    assert paid(both) == (FULL // 2, "half")


def test_one_of_other_fees_changes_nothing() -> None:
    assert paid(with_reliefs(relief(fees=("other.fee",)))) == (FULL, "")


@pytest.mark.parametrize(
    ("begins", "ends", "applies"),
    [
        (None, None, True),
        (0, 0, True),
        (1, None, False),
        (None, -1, False),
        (-5, 5, True),
    ],
)
def test_it_applies_from_its_first_day_to_its_last(
    begins: int | None, ends: int | None, applies: bool
) -> None:
    today = NAMELESS.today

    def day(offset: int | None) -> date | None:
        return None if offset is None else date.fromordinal(today.toordinal() + offset)

    amount, _relief = paid(with_reliefs(relief(begins_on=day(begins), ends_on=day(ends))))
    assert (amount == 0) is applies


def test_what_was_refused_does_not_apply_and_what_was_granted_does_unclaimed() -> None:
    assert paid(with_reliefs(relief()), poor=False) == (FULL, "")
    assert paid(with_reliefs(relief(when="false")), poor=True) == (0, "poor")
