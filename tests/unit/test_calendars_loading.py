"""The calendar files: what they add to the holiday library, and how they are refused."""

import os
import shutil
from datetime import date, time
from pathlib import Path

import holidays
import pytest

from tinhso.calendars.files import CalendarMistake
from tinhso.calendars.loading import load_calendar
from tinhso.calendars.types import Calendar

PACKS = Path(__file__).parents[2] / "packs"


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return load_calendar(PACKS, "quang-ninh")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    for province in ("vietnam", "quang-ninh"):
        (tmp_path / province).mkdir()
        shutil.copy(PACKS / province / "calendar.yaml", tmp_path / province)
    return tmp_path


def write_own(packs: Path, text: str) -> None:
    (packs / "quang-ninh" / "calendar.yaml").write_text(text, encoding="utf-8")


def test_the_packs_know_the_swap_that_the_library_misses(calendar: Calendar) -> None:
    library = holidays.country_holidays("VN", years=2026)
    assert date(2026, 1, 2) not in library
    assert date(2026, 1, 10) not in library.weekend_workdays
    assert not calendar.is_working_day(date(2026, 1, 2))
    assert calendar.is_working_day(date(2026, 1, 10))
    assert calendar.extra_days[date(2026, 1, 10)].vi == "Làm bù cho ngày nghỉ hoán đổi 02/01/2026"


@pytest.mark.parametrize(
    ("on", "worked"),
    [
        ((2026, 8, 22), True), ((2026, 8, 31), False), ((2026, 9, 1), False), ((2026, 9, 2), False),
        ((2026, 9, 3), True), ((2026, 11, 24), False), ((2027, 11, 24), False), ((2025, 11, 24), True),
        ((2026, 2, 13), True), ((2026, 2, 16), False), ((2026, 2, 20), False), ((2026, 2, 23), True),
        ((2027, 2, 3), True), ((2027, 2, 4), False), ((2027, 2, 10), False), ((2027, 2, 11), True),
        ((2026, 4, 27), False), ((2026, 4, 30), False), ((2026, 5, 1), False), ((2025, 4, 26), True),
        ((2025, 5, 2), False), ((2026, 3, 7), False), ((2026, 3, 8), False), ((2026, 3, 9), True),
    ],
)  # fmt: skip
def test_a_known_day_is_worked_or_not(calendar: Calendar, on: tuple[int, int, int], worked: bool) -> None:
    assert calendar.is_working_day(date(*on)) is worked


def test_every_override_of_the_national_file_names_its_source() -> None:
    text = (PACKS / "vietnam" / "calendar.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    days = sum(line.strip().startswith(("- off:", "- on:")) for line in lines)
    assert days >= 3
    assert sum(line.strip().startswith("source:") for line in lines) == days + 3


def test_the_province_has_the_last_word(packs: Path) -> None:
    write_own(
        packs,
        "office_hours: {sessions: ['08:00-12:00', '13:00-16:30'], source: Quyết định 1, confidence: M}\n"
        "days_off: [{on: 2026-03-04, name: Ngày truyền thống, source: Quyết định của tỉnh}]\n"
        "working_days: [{on: 2026-08-31, name: Trực lễ, source: Quyết định của tỉnh}]\n",
    )
    calendar = load_calendar(packs, "quang-ninh")
    assert calendar.office_hours.closing == time(16, 30)
    assert calendar.days_off[date(2026, 3, 4)].vi == "Ngày truyền thống"
    assert not calendar.is_working_day(date(2026, 3, 4))
    assert calendar.is_working_day(date(2026, 8, 31))
    assert calendar.cut_off == time(15)


def test_a_province_without_a_file_follows_the_nation(packs: Path) -> None:
    assert load_calendar(packs, "lang-son") == load_calendar(packs, "quang-ninh")


def test_a_changed_file_is_read_again(packs: Path) -> None:
    assert load_calendar(packs, "quang-ninh").is_working_day(date(2026, 3, 4))
    write_own(packs, "days_off: [{on: 2026-03-04, name: Nghỉ bão, source: Công điện của tỉnh}]\n")
    os.utime(packs / "quang-ninh" / "calendar.yaml", ns=(1, 1))
    assert not load_calendar(packs, "quang-ninh").is_working_day(date(2026, 3, 4))


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("swaps: []\nholydays: []\n", 2, "không có mục nào tên «holydays»"),
        ("days_off:\n  - on: 2026-03-04\n    name: Nghỉ\n", 2, "thiếu «days_off.0.source»"),
        ("days_off:\n  - name: Nghỉ\n    source: Văn bản 1\n    on: 4/3/2026\n", 4, "4/3/2026"),
        ("days_off:\n  - {on: 2026-03-04, name: '', source: Văn bản 1}\n", 2, "«days_off.0.name»"),
        (
            "swaps:\n  - off: 2026-03-07\n    worked: 2026-03-14\n    name: Đổi\n    source: Văn bản 1\n",
            2,
            "07/03/2026 đã là ngày nghỉ hằng tuần",
        ),
        (
            "swaps:\n  - off: 2026-03-05\n    worked: 2026-03-06\n    name: Đổi\n    source: Văn bản 1\n",
            3,
            "06/03/2026 vốn là ngày làm việc",
        ),
        (
            "days_off:\n  - {on: 2026-03-04, name: A, source: Văn bản 1}\n"
            "working_days:\n  - {on: 2026-03-04, name: B, source: Văn bản 1}\n",
            4,
            "04/03/2026 được ghi hai lần",
        ),
        (
            "office_hours:\n  source: Số 123\n  confidence: M\n  sessions: ['13:30-17:00', '07:30-11:30']\n",
            4,
            "office_hours.sessions",
        ),
        ("cut_off: {time: 15h, source: Quyết định, confidence: M}\n", 1, "15h"),
        ("days_off: [\n", 2, "không đọc được YAML"),
        ("- a\n", 1, "calendar.yaml"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_remedy(
    packs: Path, text: str, line: int, problem: str
) -> None:
    write_own(packs, text)
    with pytest.raises(CalendarMistake) as refused:
        load_calendar(packs, "quang-ninh")
    sentence = refused.value.sentence()
    assert sentence.startswith(f"quang-ninh/calendar.yaml, dòng {line}: ")
    assert problem in sentence
    assert ". Hãy " in sentence


def test_a_missing_national_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CalendarMistake, match=r"vietnam/calendar\.yaml"):
        load_calendar(tmp_path, "quang-ninh")


def test_a_missing_national_setting_is_named(packs: Path) -> None:
    (packs / "vietnam" / "calendar.yaml").write_text("years: {first: 2020, last: 2030}\n", encoding="utf-8")
    with pytest.raises(CalendarMistake, match="thiếu mục «office_hours»"):
        load_calendar(packs, "quang-ninh")
