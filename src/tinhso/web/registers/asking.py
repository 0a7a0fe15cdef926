"""What a list of records is asked for: all of it stands in the address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.forms.types import FieldError
from tinhso.kernel.clock import VIETNAM, local
from tinhso.kernel.text import normalise
from tinhso.registers import ranges
from tinhso.registers.refusals import FieldNotAskable
from tinhso.registers.types import Moment
from tinhso.web.registers.numbers import plain_number

WORDS, UNIT, DAY, KNOWN, AFTER, RULE = "q", "xa", "ngay", "biet", "sau", "loi"
PREFIX, LOW, HIGH = "m.", "-tu", "-den"
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """
    :param filters: field id → value; ``spans``: field id → lowest and highest, as the engine takes them
    :param day: the day of the world that was asked for; None: today
    :param known: the day on whose evening we knew it; None: what we know now
    :param rule: only records that fail it; then nothing but the unit narrows the list
    :param typed: what was given for each box, to be shown again and written into addresses
    :param found: relation → id and words of the records that what was typed may mean
    """

    moment: Moment
    text: str = ""
    unit: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, ranges.Range] = field(default_factory=dict)
    day: date | None = None
    known: date | None = None
    after: UUID | None = None
    rule: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()

    @property
    def is_of_now(self) -> bool:
        return self.day is None and self.known is None

    @property
    def narrows(self) -> bool:
        return bool(self.text or self.unit or self.filters or self.spans or self.rule)

    def address(self, base: str, **changes: str) -> str:
        """Return the same list with some boxes changed; the page begins anew."""
        said = {**self.typed, **changes}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{base}?{query}" if query else base


def read(data: QueryDict, definition: RegisterDefinition, *, seen: frozenset[str], at: datetime) -> Asked:
    """Return what the address asks for; what cannot be read is an error and narrows nothing."""
    errors: list[FieldError] = []
    typed = {name: normalise(data.get(name, ""))[:LONGEST] for name in (WORDS, UNIT, RULE)}
    filters, spans = {}, {}
    for one in filters_of(definition, seen):
        name = f"{PREFIX}{one.id}"
        if typed_value := normalise(data.get(name, ""))[:LONGEST]:
            typed[name] = filters[one.id] = typed_value
    for one in spans_of(definition, seen):
        ends = [_end(data, one, ending, typed, errors) for ending in (LOW, HIGH)]
        if any(ends):
            spans[one.id] = (ends[0], ends[1])
    errors += _unasked(data, definition, seen)
    day, known = (_day(data, name, typed, errors) for name in (DAY, KNOWN))
    return Asked(
        moment=moment_of(day, known, at=at),
        text=typed[WORDS],
        unit=typed[UNIT],
        filters=filters,
        spans=spans,
        day=day,
        known=known,
        after=_uuid(data.get(AFTER, "")),
        rule=typed[RULE],
        typed=typed,
        errors=tuple(errors),
    )


def moment_of(day: date | None, known: date | None, *, at: datetime) -> Moment:
    """Return the moment of two days; what we knew on a day is what we knew when it ended."""
    evening = datetime.combine(known + timedelta(days=1), time(), tzinfo=VIETNAM) if known else None
    return Moment(day or local(at).date(), evening if evening and evening < at else None)


def read_moment(data: QueryDict, *, at: datetime) -> tuple[Moment, date | None, date | None]:
    """Return the moment a page of one record is asked for, and its two days; what is no day is left out."""
    day, known = (_day(data, name, {}, []) for name in (DAY, KNOWN))
    return moment_of(day, known, at=at), day, known


def filters_of(definition: RegisterDefinition, seen: frozenset[str]) -> Iterator[RegisterField]:
    """Yield the fields by whose one value records can be asked for; the unit has a box of its own."""
    for one in definition.fields:
        by_value = one.is_filter and not ranges.is_ranged(one)
        if by_value and one.id in seen and one.id != definition.unit and one.type is not FieldType.UNIT:
            yield one


def spans_of(definition: RegisterDefinition, seen: frozenset[str]) -> Iterator[RegisterField]:
    """Yield the fields by whose span records can be asked for."""
    yield from (one for one in definition.fields if ranges.is_ranged(one) and one.id in seen)


def _unasked(data: QueryDict, definition: RegisterDefinition, seen: frozenset[str]) -> Iterator[FieldError]:
    """Yield what an address asks by that is no filter here, or of a field the reader does not see."""
    known = {f"{PREFIX}{one.id}" for one in filters_of(definition, seen)}
    for one in spans_of(definition, seen):
        known |= {f"{PREFIX}{one.id}{ending}" for ending in (LOW, HIGH)}
    for name in data:
        if name.startswith(PREFIX) and name not in known and data[name]:
            yield FieldError("", "", FieldNotAskable(field=name.removeprefix(PREFIX)).sentence())


def _end(
    data: QueryDict, one: RegisterField, ending: str, typed: dict[str, str], errors: list[FieldError]
) -> str | None:
    name = f"{PREFIX}{one.id}{ending}"
    if one.type is FieldType.DATE:
        day = _day(data, name, typed, errors)
        return day.isoformat() if day else None
    given = normalise(data.get(name, ""))[:LONGEST]
    if not given:
        return None
    typed[name] = given
    number = plain_number(given)
    if number is None:
        errors.append(FieldError(name, name, _("«%(text)s» không phải là số.") % {"text": given}))
    return number


def _day(data: QueryDict, name: str, typed: dict[str, str], errors: list[FieldError]) -> date | None:
    given = data.get(name, "").strip()
    if not given:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError:
        sentence = _("Không có ngày «%(text)s». Hãy chọn lại ngày.") % {"text": given[:20]}
        errors.append(FieldError(name, name, sentence))
        return None
    typed[name] = given
    return day


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
