"""Dates of a file: which comes first, day or month, is guessed from the whole column and told."""

import pytest

from tinhso.definitions.registers.reading import register
from tinhso.registers.importing.guessing import DMY, MDY, date_orders, day_first
from tinhso.registers.importing.matching import values_of

BIRTHS = "civil-status.births"
MAPPING = {"Ngày sinh": "child.born_on", "Tên": "child.full_name"}


@pytest.mark.parametrize(
    ("written", "order"),
    [
        (["05/12/1990", "31/01/1991"], DMY),
        (["05/12/1990", "01/31/1991"], MDY),
        (["05/12/1990", "06/11/1991"], DMY),
        (["31/01/1990", "01/31/1991"], DMY),
    ],
)
def test_a_column_is_american_only_where_its_days_cannot_be_months(written: list[str], order: str) -> None:
    rows = [{"Ngày sinh": one} for one in written]
    assert date_orders(register(BIRTHS), MAPPING, rows) == {"Ngày sinh": order}


def test_a_column_of_years_and_iso_dates_asks_nothing() -> None:
    rows = [{"Ngày sinh": one} for one in ("1960", "2026-11-22", "5/1960", "", None)]
    assert date_orders(register(BIRTHS), MAPPING, rows) == {}


def test_american_dates_are_turned_before_they_are_read() -> None:
    row = {"Ngày sinh": "01/31/1991", "Tên": "A", "Thừa": "x"}
    read = values_of(row, MAPPING, {"Ngày sinh": MDY})
    assert read == {"child.born_on": "31/01/1991", "child.full_name": "A"}
    assert day_first("1960") == "1960"
