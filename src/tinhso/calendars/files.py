"""The shape of ``calendar.yaml``, and what is said when a file is wrong: where, what, and what to do."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from tinhso.calendars.types import OfficeHours, Words
from tinhso.kernel.refusals import Refusal

SETTINGS = ("years", "office_hours", "cut_off", "last_day_off")
WEEKEND = {5, 6}


class CalendarMistake(Refusal):
    """A calendar file says something that cannot be."""

    code = "calendar-mistake"
    message = _("%(file)s, dòng %(line)s: %(problem)s. %(remedy)s.")


def _sessions(value: object) -> OfficeHours:
    if not isinstance(value, list) or not value:
        raise ValueError("sessions")
    pairs = [str(session).split("-") for session in value]
    return OfficeHours(tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in pairs))


def _words(value: object) -> Words:
    if isinstance(value, str) and value:
        return Words(vi=value, en=value)
    if isinstance(value, dict) and set(value) <= {"vi", "en"} and value.get("vi"):
        return Words(vi=str(value["vi"]), en=str(value.get("en") or value["vi"]))
    raise ValueError("name")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


Name = Annotated[Words, PlainValidator(_words)]
Source = Annotated[str, Field(min_length=5)]
Confidence = Literal["H", "M", "L", "mem"]
Clock = Annotated[time, BeforeValidator(lambda value: time.fromisoformat(str(value)))]


class Years(_Strict):
    first: int = Field(ge=2014, le=2099)
    last: int = Field(ge=2014, le=2099)


class Office(_Strict):
    sessions: Annotated[OfficeHours, PlainValidator(_sessions)]
    source: Source
    confidence: Confidence


class CutOff(_Strict):
    time: Clock
    source: Source
    confidence: Confidence


class LastDayOff(_Strict):
    moves_to_next_working_day: bool
    source: Source
    confidence: Confidence


class Swap(_Strict):
    off: date
    worked: date
    name: Name
    source: Source


class SpecialDay(_Strict):
    on: date
    name: Name
    source: Source


class CalendarFile(_Strict):
    """One ``calendar.yaml``. A province's may leave out any part; the national one none of the settings."""

    years: Years | None = None
    office_hours: Office | None = None
    cut_off: CutOff | None = None
    last_day_off: LastDayOff | None = None
    swaps: tuple[Swap, ...] = ()
    days_off: tuple[SpecialDay, ...] = ()
    working_days: tuple[SpecialDay, ...] = ()


def read_file(path: Path, *, whole: bool) -> CalendarFile:
    """
    Read one file.

    :param whole: the settings must all be there
    :raises CalendarMistake: naming file, line, problem and remedy of the first mistake
    """
    tree = _parse(path)
    try:
        file = CalendarFile.model_validate(tree)
    except ValidationError as wrong:
        raise _mistake_of(path, tree, wrong.errors()[0]) from wrong
    for name in SETTINGS if whole else ():
        if getattr(file, name) is None:
            raise _mistake(path, 1, format_lazy(_("thiếu mục «{name}»"), name=name), _("Hãy thêm mục này"))
    _check_days(path, tree, file)
    return file


def _parse(path: Path) -> Any:
    try:
        tree = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as absent:
        raise _mistake(path, 1, _("không có tệp này"), _("Hãy tạo tệp hoặc sửa TINHSO_PACKS")) from absent
    except MarkedYAMLError as broken:
        line = broken.problem_mark.line + 1 if broken.problem_mark else 1
        remedy = _("Hãy sửa thụt dòng, dấu hai chấm, dấu ngoặc")
        raise _mistake(path, line, _("không đọc được YAML"), remedy) from broken
    except (YAMLError, UnicodeDecodeError, ValueError) as broken:
        raise _mistake(path, 1, _("không đọc được YAML"), _("Hãy lưu tệp dạng UTF-8")) from broken
    return {} if tree is None else tree


def _check_days(path: Path, tree: Any, file: CalendarFile) -> None:
    seen: dict[date, bool] = {}
    for where, day, worked in _days(file):
        line = _line(tree, where)
        shown = f"{day:%d/%m/%Y}"
        if worked is False and day.weekday() in WEEKEND and where[0] == "swaps":
            problem = format_lazy(_("ngày nghỉ hoán đổi {day} đã là ngày nghỉ hằng tuần"), day=shown)
            raise _mistake(path, line, problem, _("Hãy ghi ngày làm việc được nghỉ vào «off»"))
        if worked and day.weekday() not in WEEKEND and where[0] == "swaps":
            problem = format_lazy(_("ngày làm bù {day} vốn là ngày làm việc"), day=shown)
            raise _mistake(path, line, problem, _("Hãy ghi thứ Bảy hoặc Chủ nhật vào «worked»"))
        if day in seen:
            problem = format_lazy(_("ngày {day} được ghi hai lần"), day=shown)
            raise _mistake(path, line, problem, _("Hãy chỉ giữ một dòng cho mỗi ngày"))
        seen[day] = worked


def _days(file: CalendarFile) -> Iterator[tuple[tuple[str | int, ...], date, bool]]:
    for place, line in enumerate(file.days_off):
        yield ("days_off", place, "on"), line.on, False
    for place, line in enumerate(file.working_days):
        yield ("working_days", place, "on"), line.on, True
    for place, swap in enumerate(file.swaps):
        yield ("swaps", place, "off"), swap.off, False
        yield ("swaps", place, "worked"), swap.worked, True


def _mistake_of(path: Path, tree: Any, error: ErrorDetails) -> CalendarMistake:
    field = ".".join(str(part) for part in error["loc"]) or "calendar.yaml"
    line = _line(tree, error["loc"])
    if error["type"] == "extra_forbidden":
        return _mistake(
            path,
            line,
            format_lazy(_("không có mục nào tên «{field}»"), field=field),
            _("Hãy bỏ đi hoặc sửa chính tả"),
        )
    if error["type"] == "missing":
        return _mistake(path, line, format_lazy(_("thiếu «{field}»"), field=field), _("Hãy thêm vào"))
    shown = str(error["input"])[:60]
    problem = format_lazy(_("«{field}» có giá trị không đúng: {shown}"), field=field, shown=shown)
    named = [_REMEDIES[part] for part in error["loc"] if isinstance(part, str) and part in _REMEDIES]
    return _mistake(path, line, problem, named[-1] if named else _FIX)


_FIX = _("Hãy sửa theo mẫu trong packs/vietnam/calendar.yaml")
_REMEDIES: dict[str, Any] = {
    "on": _("Hãy ghi ngày dạng 2026-01-02"),
    "off": _("Hãy ghi ngày dạng 2026-01-02"),
    "worked": _("Hãy ghi ngày dạng 2026-01-10"),
    "time": _('Hãy ghi giờ dạng "15:00"'),
    "sessions": _('Hãy ghi các buổi theo thứ tự, dạng ["07:30-11:30", "13:30-17:00"]'),
    "source": _("Hãy ghi văn bản hoặc nơi công bố, ít nhất 5 ký tự"),
    "name": _("Hãy ghi tên, hoặc {vi: …, en: …}"),
}


def _mistake(path: Path, line: int, problem: object, remedy: object) -> CalendarMistake:
    return CalendarMistake(file="/".join(path.parts[-2:]), line=line, problem=problem, remedy=remedy)


def _line(tree: Any, where: tuple[str | int, ...]) -> int:
    """Return the line, from 1, of the deepest part of the path that the file has."""
    line = 1
    for part in where:
        try:
            place = tree.lc.item(part) if isinstance(part, int) else tree.lc.key(part)
            tree, line = tree[part], place[0] + 1
        except (KeyError, IndexError, AttributeError, TypeError):
            break
    return line
