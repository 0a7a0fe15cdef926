"""What is given for a record, read by the types of its fields; everything wrong is named at once."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.definitions.registers.scope import ByFingerprint
from tinhso.definitions.registers.types import GEOMETRY, FieldType, RegisterDefinition, RegisterField
from tinhso.kernel.text import normalise
from tinhso.registers import dates, relations
from tinhso.registers.columns import Box
from tinhso.registers.geometry import WrongGeometry, read_geometry
from tinhso.registers.refusals import FieldProblem, RecordInvalid
from tinhso.registers.types import Value, Values
from tinhso.territory import queries as territory

# Of values that are nearly all different, none is remembered; nor are records, which come and go.
_SHARED = frozenset(
    {FieldType.PERSON_NAME, FieldType.DATE, FieldType.CHOICE, FieldType.UNIT, FieldType.YES_NO}
)
_MOST_REMEMBERED = 1 << 16
_EMPTY: tuple[object, ...] = (None, "", [], {})
_PERSONAL_ID = re.compile(r"[0-9]{12}")
_BETWEEN = re.compile(r"[\s.\-]+")


@dataclass(frozen=True, slots=True)
class Content:
    """What a version says. :param geometry: GeoJSON; ``box`` is around it"""

    values: Values
    geometry: Mapping[str, object] | None = None
    box: Box | None = None
    event: str = "NEW"


@dataclass(frozen=True, slots=True)
class Outside:
    """
    What a value is compared with beyond itself.

    :param has_unit: code and day → whether there was such a unit
    :param find: register and what is written → the record of that id or key
    :param memory: field and what is written → the value, for who reads many rows on one day
    """

    has_unit: Callable[[str, date], bool]
    find: Callable[[str, str], UUID | None]
    memory: dict[tuple[str, str], Value] | None = None


def _has_unit(code: str, on: date) -> bool:
    return territory.atlas().unit(code, on) is not None


LIVE = Outside(_has_unit, relations.find)


class Wrong(ValueError):  # noqa: N818  (an answer about a value)
    """:ivar sentence: what is wrong with one value and what to write"""

    def __init__(self, sentence: str, **said: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence % said if said else sentence


def read(
    definition: RegisterDefinition,
    given: Values,
    *,
    on: date,
    before: Content | None = None,
    outside: Outside = LIVE,
) -> Content:
    """
    Return the content with what is given put into it.

    :param given: field id → value; None or "" takes the value away
    :param on: the day whose map administrative units are on
    :param before: what was there; None for a new record
    :param outside: where units and records are looked up; many at once bring their own
    :raises RecordInvalid: with every problem, field by field
    """
    plan = _plan(ByFingerprint(definition.fingerprint, definition))
    problems = [
        FieldProblem(name, _("Sổ này không có mục «%(name)s».") % {"name": name})
        for name in given
        if name not in plan.fields
    ]
    values = dict(before.values) if before else {}
    geometry, box = (before.geometry, before.box) if before else (None, None)
    memory = outside.memory
    for name, value in given.items():
        if name not in plan.fields:
            continue
        field, reader = plan.fields[name]
        try:
            if reader is None:
                geometry, box = (None, None) if value in _EMPTY else read_geometry(value, field.type)
            elif value in _EMPTY:
                values.pop(name, None)
            elif memory is not None and name in plan.shared and isinstance(value, str):
                values[name] = _remembered(memory, plan.fields[name], value, on, outside)
            else:
                values[name] = reader(field, value, on, outside)
        except (Wrong, WrongGeometry) as wrong:
            problems.append(FieldProblem(name, f"{field.label.into(_language())}: {wrong.sentence}"))
    lacks = [one for one in plan.required if one not in values]
    if problems or lacks or (plan.needs_geometry and geometry is None):
        problems += _missing(definition, values, geometry, {one.field for one in problems})
    if problems:
        raise RecordInvalid(problems)
    return Content(values, geometry, box, before.event if before else "NEW")


Reader = Callable[[RegisterField, object, date, Outside], Value]


@dataclass(frozen=True, slots=True)
class _Plan:
    """
    A definition, made ready for reading: its fields by id, each with its reader, none for geometry.

    :param shared: fields in which many rows say the same
    """

    fields: Mapping[str, tuple[RegisterField, Reader | None]]
    shared: frozenset[str]
    required: tuple[str, ...]
    needs_geometry: bool


@lru_cache(maxsize=256)
def _plan(key: ByFingerprint) -> _Plan:
    fields = key.definition.fields
    required = [one for one in fields if one.required]
    return _Plan(
        {one.id: (one, _reader(one)) for one in fields},
        frozenset(one.id for one in fields if one.type in _SHARED and not one.several),
        tuple(one.id for one in required if one.type not in GEOMETRY),
        any(one.type in GEOMETRY for one in required),
    )


def _remembered(
    memory: dict[tuple[str, str], Value],
    asked: tuple[RegisterField, Reader | None],
    given: str,
    on: date,
    outside: Outside,
) -> Value:
    field, reader = asked
    found = memory.get((field.id, given))
    if found is None:
        assert reader is not None
        if len(memory) >= _MOST_REMEMBERED:
            memory.clear()
        found = memory[field.id, given] = reader(field, given, on, outside)
    return found


def _reader(field: RegisterField) -> Reader | None:
    if field.type in GEOMETRY:
        return None
    return _several if field.several else READERS[field.type]


def _language() -> str:
    return (get_language() or "vi")[:2]


def _missing(
    definition: RegisterDefinition, values: Values, geometry: object, wrong: set[str]
) -> Iterator[FieldProblem]:
    for field in definition.fields:
        held = geometry is not None if field.type in GEOMETRY else field.id in values
        if field.required and not held and field.id not in wrong:
            said = {"label": field.label.into(_language())}
            yield FieldProblem(field.id, _("«%(label)s» còn thiếu. Hãy điền mục này.") % said)


def _several(field: RegisterField, given: object, on: date, outside: Outside) -> Value:
    several = given if isinstance(given, list | tuple) else [given]
    return [READERS[field.type](field, one, on, outside) for one in several if one not in _EMPTY]


def _text(field: RegisterField, given: object, _on: date, _outside: Outside) -> str:
    if not isinstance(given, str | int) or isinstance(given, bool):
        raise Wrong(_("hãy viết bằng chữ."))
    text = normalise(str(given))
    if len(text) > field.max_length:
        raise Wrong(_("dài quá %(most)s ký tự. Hãy viết ngắn lại."), most=field.max_length)
    if field.pattern and not re.fullmatch(field.pattern, text):
        raise Wrong(_("«%(text)s» không đúng dạng %(pattern)s."), text=text, pattern=field.pattern)
    return text


def _name(field: RegisterField, given: object, on: date, outside: Outside) -> str:
    text = _text(field, given, on, outside)
    if any(mark.isdigit() for mark in text) or not any(mark.isalpha() for mark in text):
        raise Wrong(_("«%(text)s» không phải là họ tên. Hãy viết như trên giấy tờ."), text=text)
    return text


def _personal_id(_field: RegisterField, given: object, _on: date, _outside: Outside) -> str:
    number = _BETWEEN.sub("", str(given))
    if not _PERSONAL_ID.fullmatch(number):
        raise Wrong(_("số định danh cá nhân có 12 chữ số. Hãy xem lại trên thẻ căn cước."))
    return number


def _date(field: RegisterField, given: object, _on: date, _outside: Outside) -> str:
    text = given.isoformat() if isinstance(given, date) else str(given)
    try:
        found = dates.read_date(text)
    except dates.NoSuchDay as problem:
        raise Wrong(_("không có ngày «%(text)s». Hãy viết như 22/11/2026."), text=text) from problem
    if not field.partial and dates.precision(found) != "day":
        raise Wrong(_("mới có năm hoặc tháng. Hãy ghi đủ ngày, tháng, năm."))
    return found


def _number(field: RegisterField, given: object, _on: date, _outside: Outside) -> int | str:
    try:
        number = Decimal(str(given).strip().replace(",", "."))
    except InvalidOperation as problem:
        raise Wrong(_("«%(text)s» không phải là số."), text=given) from problem
    if isinstance(given, bool) or not number.is_finite():
        raise Wrong(_("«%(text)s» không phải là số."), text=given)
    _within(field, number)
    if number != round(number, field.decimals):
        raise Wrong(_("có quá %(most)s chữ số thập phân."), most=field.decimals)
    return f"{number.normalize() if number else Decimal(0):f}" if field.decimals else int(number)


def _within(field: RegisterField, number: Decimal) -> None:
    if field.minimum is not None and number < field.minimum:
        raise Wrong(_("phải từ %(least)s trở lên."), least=field.minimum)
    if field.maximum is not None and number > field.maximum:
        raise Wrong(_("nhiều nhất là %(most)s."), most=field.maximum)


def _money(field: RegisterField, given: object, on: date, outside: Outside) -> int:
    amount = _number(field, given, on, outside)
    assert isinstance(amount, int)
    return amount


def _yes_no(_field: RegisterField, given: object, _on: date, _outside: Outside) -> bool:
    said = {"true": True, "false": False, "yes": True, "no": False, "có": True, "không": False}
    if isinstance(given, bool):
        return given
    try:
        return said[str(given).strip().casefold()]
    except KeyError as problem:
        raise Wrong(_("hãy chọn có hoặc không.")) from problem


def _choice(field: RegisterField, given: object, _on: date, _outside: Outside) -> str:
    for option in field.options:
        if given == option.value:
            return option.value
    raise Wrong(_("«%(text)s» không có trong danh sách. Hãy chọn lại."), text=given)


def _unit(_field: RegisterField, given: object, on: date, outside: Outside) -> Mapping[str, str]:
    code, day = (given.get("code"), given.get("on")) if isinstance(given, Mapping) else (given, None)
    try:
        as_of = date.fromisoformat(str(day)) if day else on
    except ValueError as problem:
        raise Wrong(_("không có ngày «%(text)s»."), text=day) from problem
    if not outside.has_unit(str(code), as_of):
        said = {"code": code, "on": f"{as_of:%d/%m/%Y}"}
        raise Wrong(_("không có đơn vị hành chính mã %(code)s vào ngày %(on)s. Hãy chọn lại."), **said)
    return {"code": str(code), "on": as_of.isoformat()}


def _relation(field: RegisterField, given: object, _on: date, outside: Outside) -> str:
    found = outside.find(field.register_id, str(given))
    if found is None:
        raise Wrong(_("không có bản ghi «%(text)s» trong sổ liên quan."), text=given)
    return str(found)


READERS: Mapping[FieldType, Reader] = {
    FieldType.TEXT: _text,
    FieldType.PERSON_NAME: _name,
    FieldType.PERSONAL_ID: _personal_id,
    FieldType.DATE: _date,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.YES_NO: _yes_no,
    FieldType.CHOICE: _choice,
    FieldType.UNIT: _unit,
    FieldType.RELATION: _relation,
}
