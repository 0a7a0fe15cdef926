"""Periods, arithmetic, values and files of reports, without a database."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.people_kit import AT
from tinhso.definitions.loading import load
from tinhso.reports import arithmetic
from tinhso.reports.aggregating import Received, aggregated, differences
from tinhso.reports.checking import inner_mistakes
from tinhso.reports.periods import NoSuchPeriod, before, holding, named, year_before
from tinhso.reports.sheet import Column, Sheet, Table
from tinhso.reports.types import Line, ReportTemplate
from tinhso.reports.values import Value, faults, read, typed, with_formulas, written
from tinhso.reports.writers import WRITERS

PACKS = Path(__file__).parents[2] / "packs"


def days(name: str, first_day: int = 15) -> tuple[str, str]:
    span = named(name, first_day=first_day)
    assert named(span.name, first_day=first_day) == span
    return span.since.isoformat(), span.last.isoformat()


def community() -> ReportTemplate:
    found = load(PACKS / "vietnam" / "reports" / "community-digital.yaml", ReportTemplate).value
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-11", "2026-10-15", "2026-11-14"),
        ("2026-01", "2025-12-15", "2026-01-14"),
        ("2026-Q1", "2025-12-15", "2026-03-14"),
        ("2026-Q4", "2026-09-15", "2026-12-14"),
        ("2026-H1", "2025-12-15", "2026-06-14"),
        ("2026-H2", "2026-06-15", "2026-12-14"),
        ("2026-9M", "2025-12-15", "2026-09-14"),
        ("2026", "2025-12-15", "2026-12-14"),
        ("2026-02-03--2026-05-04", "2026-02-03", "2026-05-04"),
    ],
)
def test_a_period_begins_on_the_fifteenth_of_the_month_before(name: str, first: str, last: str) -> None:
    assert days(name) == (first, last)


def test_a_province_may_count_by_the_calendar() -> None:
    assert days("2026-02", first_day=1) == ("2026-02-01", "2026-02-28")
    assert days("2026-Q4", first_day=1) == ("2026-10-01", "2026-12-31")
    assert days("2026", first_day=1) == ("2026-01-01", "2026-12-31")


@pytest.mark.parametrize(
    "name", ["", "2026-13", "2026-Q5", "1999", "2026-6M", "2026-05-04--2026-02-03", "2026-02-30--2026-03-01"]
)
def test_what_names_no_period_is_refused(name: str) -> None:
    with pytest.raises(NoSuchPeriod):
        named(name, first_day=15)


def test_every_period_knows_the_one_before_and_that_of_last_year() -> None:
    told = {
        name: (before(span, first_day=15).name, year_before(span, first_day=15).name)
        for name in ("2026-01", "2026-Q1", "2026-H2", "2026-9M", "2026", "2024-02-29--2024-03-09")
        if (span := named(name, first_day=15))
    }
    assert told == {
        "2026-01": ("2025-12", "2025-01"),
        "2026-Q1": ("2025-Q4", "2025-Q1"),
        "2026-H2": ("2026-H1", "2025-H2"),
        "2026-9M": ("2025-9M", "2025-9M"),
        "2026": ("2025", "2025"),
        "2024-02-29--2024-03-09": ("2024-02-19--2024-02-28", "2023-02-28--2023-03-09"),
    }


def test_the_fifteenth_of_december_belongs_to_the_next_year() -> None:
    assert holding("month", date(2026, 12, 15), first_day=15).name == "2027-01"
    assert holding("year", date(2026, 12, 15), first_day=15).name == "2027"
    assert holding("month", date(2026, 12, 14), first_day=15).name == "2026-12"
    assert holding("nine_months", date(2026, 11, 1), first_day=15).name == "2026-9M"


def test_arithmetic_is_exact_and_has_no_value_where_nothing_is_known() -> None:
    known = {"a": Decimal("0.1"), "b": Decimal("0.2"), "none": None, "zero": Decimal(0)}
    assert arithmetic.value("a + b", known, decimals=1) == Decimal("0.3")
    assert arithmetic.value("100 * a / (a + b)", known, decimals=2) == Decimal("33.33")
    assert arithmetic.value("a / zero", known, decimals=2) is None
    assert arithmetic.value("a + none", known, decimals=2) is None
    assert arithmetic.holds("a + b == 0.3", known)
    assert not arithmetic.holds("a >= b", known)
    assert arithmetic.holds("a > none", known)


@pytest.mark.parametrize(
    "text", ["a +", "f(a)", "a ** b", "a.b", "'a'", "a if b else c", "a < b", "True", "(" * 300]
)
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(arithmetic.NotArithmetic):
        arithmetic.formula(text)


def test_numbers_are_read_as_people_write_them() -> None:
    line = Line(id="x", text="Dòng", unit="người", decimals=1)
    told = {text: typed(line, text)[0].number for text in ("1.200", "1.234,5", "12.5", " 7 ", "")}
    assert told == {
        "1.200": Decimal(1200),
        "1.234,5": Decimal("1234.5"),
        "12.5": Decimal("12.5"),
        " 7 ": Decimal(7),
        "": None,
    }
    for text in ("nhiều", "-1", "1,25", "NaN", "1e30"):
        value, fault = typed(line, text)
        assert fault is not None
        assert fault.line == "x"
        assert value.number is None or fault.sentence


def test_empty_lines_and_broken_rules_are_named_with_their_line() -> None:
    template = community()
    values = {"teams": Value(Decimal(3)), "members": Value(Decimal(2)), "trained": Value(Decimal(5))}
    found = {one.line: one.sentence for one in faults(template, with_formulas(template, values), "vi")}
    assert "đã tập huấn không thể nhiều hơn" in found["trained"]
    assert "ít nhất một thành viên" in found["members"]
    assert "Chưa điền" in found["points"]
    assert "online_new" not in found


def test_the_province_adds_up_and_works_rates_out_anew() -> None:
    template = community()
    one = with_formulas(template, {"members": Value(Decimal(10)), "trained": Value(Decimal(9))})
    two = with_formulas(template, {"members": Value(Decimal(30)), "trained": Value(Decimal(15))})
    assert (one["trained_rate"].number, two["trained_rate"].number) == (Decimal("90.0"), Decimal("50.0"))
    share = {"online_share": Value(Decimal(50), sums={"online": Decimal(1), "whole": Decimal(2)})}
    received = [
        Received("A", 1, AT, one | share | {"difficulties": Value(text="Sóng yếu")}),
        Received("B", 1, AT, two),
    ]
    found = aggregated(template, received)
    assert found["members"] == Value(Decimal(40), of_units=2)
    # The mean of the rates would be 70.
    assert found["trained_rate"].number == Decimal("60.0")
    assert found["difficulties"].told == (("A", "Sóng yếu"),)
    assert found["teams"].number is None
    assert read(written(found)) == {name: value for name, value in found.items() if value.is_there}
    assert differences(one, two) == ("members", "trained", "trained_rate")


def test_the_reports_of_the_packs_are_sound_and_add_no_dossier_twice() -> None:
    for path in sorted(PACKS.glob("*/reports/*.yaml")):
        loaded = load(path, ReportTemplate)
        assert loaded.value is not None, loaded.mistakes
        assert not list(inner_mistakes(loaded.value, loaded.places))
        for line in loaded.value.lines:
            assert line.count != "received_for_others" or line.add == "none"


def test_every_kind_of_file_says_the_same() -> None:
    columns = (
        Column("TT"),
        Column("Nội dung"),
        Column("Tổng", "Số", is_number=True),
        Column("Mới", "Số", is_number=True),
    )
    rows = (("1", "=HYPERLINK(1) & <b>", 1234, Decimal("5.5")), ("", "Cộng", 1234, None))
    sheet = Sheet("Báo cáo thử", "Tháng 8", (Table("1. Bảng", columns, rows, totals=1),), notes=("Ghi chú",))
    files = {name: writer.write(sheet, "Xã Bình Liêu") for name, writer in WRITERS.items()}
    text = files["csv"].decode("utf-8-sig")
    assert "1,'=HYPERLINK(1) & <b>,1234,5.5" in text
    book = openpyxl.load_workbook(BytesIO(files["xlsx"]))
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=5)]
    assert cells[2] == ["1", "=HYPERLINK(1) & <b>", 1234, 5.5]
    assert book.worksheets[0]["B7"].data_type == "s"
    assert cells[0][2] == "Số"
    word = docx.Document(BytesIO(files["docx"]))
    heading, table = word.tables
    assert heading.rows[0].cells[0].text == "XÃ BÌNH LIÊU"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["TT", "Nội dung", "Số", "Số"],
        ["TT", "Nội dung", "Tổng", "Mới"],
        ["1", "=HYPERLINK(1) & <b>", "1.234", "5,5"],
        ["", "Cộng", "1.234", "chưa có số liệu"],
    ]
    assert word.paragraphs[-1].text == "Ghi chú"
