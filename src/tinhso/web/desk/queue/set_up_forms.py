"""The boxes of the hall's set-up, and what was typed in them."""

from collections.abc import Iterable
from uuid import UUID

from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from tinhso.appointments.actions.offer import ServiceIn
from tinhso.appointments.actions.set_up import HallRulesIn
from tinhso.appointments.hours import written_hours
from tinhso.appointments.laying_out import LIMITS
from tinhso.appointments.models import Counter, Hall, Service
from tinhso.forms.types import Choice, Field, FieldError
from tinhso.web.desk import boxes
from tinhso.web.halls.words import weekday

OPEN, REVISION, ENGLISH = "mo", "lan", "tieng-anh"
LETTER, NAME, NAME_EN, CODES, FIELDS = "chu-cai", "ten", "ten-anh", "ma-thu-tuc", "linh-vuc"
NUMBER, SERVICES, DAY, REASON = "so-quay", "nhom-viec", "ngay", "ly-do"
NUMBERS = {
    "slot_minutes": "do-dai",
    "walk_in_percent": "khong-hen",
    "horizon_days": "truoc-ngay",
    "lead_minutes": "truoc-phut",
    "most_bookings": "moi-nguoi",
    "grace_minutes": "den-muon",
    "places": "so-cho",
    "minutes": "du-kien",
}
HALL_NUMBERS = tuple(NUMBERS)[:6]
DAYS = tuple((str(day), f"gio-{day}") for day in range(7))
NO_NUMBER = -1
Errors = tuple[FieldError, ...]


def hall_fields(hall: Hall, data: QueryDict, errors: Errors) -> tuple[Field, ...]:
    """Return the boxes of the hall's rules."""
    said = data if data else _typed(hall)
    yes = _("Bộ phận một cửa nhận đặt lịch và lấy số")
    english = _("Máy lấy số và bảng gọi số có tiếng Anh")
    return (
        _tick(OPEN, _("Hoạt động"), yes, said),
        _tick(ENGLISH, _("Ngôn ngữ"), english, said),
        *(_number(name, said, errors) for name in HALL_NUMBERS),
        *(_hours(day, name, said, errors) for day, name in DAYS),
    )


def read_hall(data: QueryDict) -> HallRulesIn:
    """Return what was typed; a number that is none is beyond every limit."""
    numbers = {name: number_of(data, NUMBERS[name]) for name in HALL_NUMBERS}
    return HallRulesIn(
        is_open=OPEN in data,
        weekly={day: data.get(name, "") for day, name in DAYS},
        languages=("vi", "en") if ENGLISH in data else ("vi",),
        **numbers,
    )


def service_fields(service: Service | None, data: QueryDict, errors: Errors) -> tuple[Field, ...]:
    """Return the boxes of a service."""
    said = data if data else _typed_service(service)
    codes = _("Mỗi mã một dòng hoặc cách nhau bằng dấu phẩy, ví dụ 1.001193.")
    fields = _("Tên lĩnh vực như trong danh mục, mỗi lĩnh vực một dòng, ví dụ Hộ tịch.")
    return (
        boxes.field(LETTER, "short_text", _("Chữ cái trên phiếu"), said, errors=errors, max_length=1),
        boxes.field(NAME, "short_text", _("Tên nhóm việc"), said, errors=errors, max_length=120),
        boxes.field(NAME_EN, "short_text", _("Tên tiếng Anh"), said, errors=errors, max_length=120),
        boxes.field(FIELDS, "long_text", _("Lĩnh vực"), said, hint=fields, required=False, max_length=4000),
        boxes.field(CODES, "long_text", _("Mã thủ tục"), said, hint=codes, required=False, max_length=4000),
        _number("places", said, errors),
        _number("minutes", said, errors),
        _tick(OPEN, _("Trạng thái"), _("Đang nhận"), said),
    )


def read_service(data: QueryDict) -> ServiceIn:
    """Return what was typed."""
    return ServiceIn(
        letter=data.get(LETTER, ""),
        name=data.get(NAME, ""),
        name_en=data.get(NAME_EN, ""),
        codes=data.get(CODES, "").replace(",", "\n").splitlines(),
        fields=data.get(FIELDS, "").splitlines(),
        places=number_of(data, NUMBERS["places"]),
        minutes=number_of(data, NUMBERS["minutes"]),
        is_open=OPEN in data,
    )


def counter_fields(
    counter: Counter | None, services: Iterable[Service], data: QueryDict, errors: Errors
) -> tuple[Field, ...]:
    """Return the boxes of a counter."""
    said = data if data else _typed_counter(counter)
    chosen = set(said.getlist(SERVICES))
    options = tuple(
        Choice(str(one.pk), f"{one.letter} · {one.name}", "", str(one.pk) in chosen) for one in services
    )
    return (
        boxes.field(
            NUMBER, "short_text", _("Số quầy"), said, errors=errors, inputmode="numeric", max_length=2
        ),
        boxes.field(NAME, "short_text", _("Tên quầy"), said, errors=errors, required=False, max_length=120),
        _many(SERVICES, _("Nhóm việc quầy này nhận"), options, errors),
        _tick(OPEN, _("Trạng thái"), _("Đang dùng"), said),
    )


def read_services(data: QueryDict) -> list[UUID]:
    """Return the ids that were ticked; what is none is left out."""
    found = []
    for typed in data.getlist(SERVICES):
        try:
            found.append(UUID(typed))
        except ValueError:
            continue
    return found


def closure_fields(data: QueryDict, errors: Errors) -> tuple[Field, ...]:
    """Return the boxes of a day off."""
    return (
        boxes.field(DAY, "date", _("Ngày"), data, errors=errors),
        boxes.field(REASON, "short_text", _("Lý do, người dân sẽ đọc"), data, errors=errors, max_length=200),
    )


def number_of(data: QueryDict, name: str) -> int:
    """Return a typed whole number; ``NO_NUMBER``, which no limit allows, where it is none."""
    typed = data.get(name, "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else NO_NUMBER


def _typed(hall: Hall) -> QueryDict:
    said = QueryDict(mutable=True)
    for name in HALL_NUMBERS:
        said[NUMBERS[name]] = str(getattr(hall, name))
    for day, name in DAYS:
        said[name] = written_hours(hall.weekly.get(day))
    _set(said, OPEN, hall.is_open)
    _set(said, ENGLISH, "en" in hall.languages)
    return said


def _typed_service(service: Service | None) -> QueryDict:
    said = QueryDict(mutable=True)
    said[OPEN] = "1"
    if service is None:
        return said
    said[LETTER], said[NAME], said[NAME_EN] = service.letter, service.name, service.name_en
    said[CODES], said[FIELDS] = "\n".join(service.codes), "\n".join(service.fields)
    said[NUMBERS["places"]], said[NUMBERS["minutes"]] = str(service.places), str(service.minutes)
    _set(said, OPEN, service.is_open)
    return said


def _typed_counter(counter: Counter | None) -> QueryDict:
    said = QueryDict(mutable=True)
    said[OPEN] = "1"
    if counter is None:
        return said
    said[NUMBER], said[NAME] = str(counter.number), counter.name
    said.setlist(SERVICES, [str(service.pk) for service in counter.services.all()])
    _set(said, OPEN, counter.is_open)
    return said


def _set(said: QueryDict, name: str, is_set: bool) -> None:
    said.pop(name, None)
    if is_set:
        said[name] = "1"


def _number(name: str, said: QueryDict, errors: Errors) -> Field:
    label = str(LIMITS[name][0])
    return boxes.field(
        NUMBERS[name], "short_text", label, said, errors=errors, inputmode="numeric", max_length=5
    )


def _hours(day: str, name: str, said: QueryDict, errors: Errors) -> Field:
    hint = _("Để trống: theo lịch làm việc chung. Ghi «nghỉ»: không tiếp nhận.") if day == "0" else ""
    label = _("Giờ tiếp nhận %(day)s") % {"day": weekday(str(WEEKDAYS[int(day)]))}
    return boxes.field(
        name, "short_text", label, said, errors=errors, hint=hint, required=False, max_length=60
    )


def _tick(name: str, label: str, words: str, said: QueryDict) -> Field:
    return _many(name, label, (Choice("1", words, "", name in said),), ())


def _many(name: str, label: str, options: tuple[Choice, ...], errors: Errors) -> Field:
    drawn = boxes.field(name, "many_of", label, QueryDict(), errors=errors, required=False)
    return boxes.with_options(drawn, options)
