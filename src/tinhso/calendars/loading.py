"""The calendar: public holidays from ``holidays``, corrected by the packs; the province has the last word."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import holidays

from tinhso.calendars.files import CalendarFile, Swap, read_file
from tinhso.calendars.types import Calendar, Words

COUNTRY = "vietnam"
FILE = "calendar.yaml"


def load_calendar(packs: Path, province: str) -> Calendar:
    """
    Return the calendar of the province: national law, then what the province decided.

    Unchanged files are read once.

    :param packs: the folder of law as data
    :param province: its folder in there, e.g. ``quang-ninh``; its ``calendar.yaml`` may be absent
    :raises CalendarMistake: a file is missing or says something that cannot be
    """
    national, own = packs / COUNTRY / FILE, packs / province / FILE
    files = (national, own) if own.exists() else (national,)
    return _load(tuple((path, path.stat().st_mtime_ns if path.exists() else 0) for path in files))


@lru_cache(maxsize=8)
def _load(stamped: tuple[tuple[Path, int], ...]) -> Calendar:
    national, *others = [read_file(path, whole=place == 0) for place, (path, _) in enumerate(stamped)]
    years = national.years
    office, cut_off, last_day_off = national.office_hours, national.cut_off, national.last_day_off
    assert years
    days_off, extra_days = (
        dict(_holidays(years.first, years.last)),
        dict(_swapped_in(years.first, years.last)),
    )
    for file in (national, *others):
        _override(file, days_off, extra_days)
        office, cut_off = file.office_hours or office, file.cut_off or cut_off
        last_day_off = file.last_day_off or last_day_off
    assert office
    assert cut_off
    assert last_day_off
    return Calendar(
        office_hours=office.sessions,
        days_off=days_off,
        extra_days=extra_days,
        cut_off=cut_off.time,
        moves_last_day=last_day_off.moves_to_next_working_day,
        first=date(years.first, 1, 1),
        last=date(years.last, 12, 31),
    )


def _override(file: CalendarFile, days_off: dict[date, Words], extra_days: dict[date, Words]) -> None:
    for line in file.days_off:
        days_off[line.on] = line.name
        extra_days.pop(line.on, None)
    for line in file.working_days:
        extra_days[line.on] = line.name
        days_off.pop(line.on, None)
    for swap in file.swaps:
        days_off[swap.off] = swap.name
        extra_days[swap.worked] = _worked_instead(swap)
        extra_days.pop(swap.off, None)
        days_off.pop(swap.worked, None)


def _worked_instead(swap: Swap) -> Words:
    return Words(
        vi=f"Làm bù cho ngày nghỉ hoán đổi {swap.off:%d/%m/%Y}",
        en=f"Working day in place of {swap.off:%d/%m/%Y}",
    )


@lru_cache(maxsize=4)
def _holidays(first: int, last: int) -> dict[date, Words]:
    vietnamese, english = (
        holidays.country_holidays("VN", years=range(first, last + 1), language=language)
        for language in ("vi", "en_US")
    )
    return {
        day: Words(vi=name, en=english[day]) for day, name in vietnamese.items() if first <= day.year <= last
    }


@lru_cache(maxsize=4)
def _swapped_in(first: int, last: int) -> dict[date, Words]:
    known = holidays.country_holidays("VN", years=range(first, last + 1))
    return {
        day: Words(vi="Ngày nghỉ hằng tuần đi làm bù", en="Working day in place of a day off")
        for day in sorted(known.weekend_workdays)
        if first <= day.year <= last
    }
