"""Made-up rows of one register, from its definition alone."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from random import Random

from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.registers.inventing import mistakes
from tinhso.registers.inventing.grounds import Grounds
from tinhso.registers.inventing.patterns import fitting
from tinhso.registers.inventing.people import People, Person
from tinhso.registers.models import HeldValue
from tinhso.registers.relations import KEY

Row = dict[str, object]
# So often a field that may be empty is not.
_FILLED = 0.92
# A record that comes a second time does so that many rows later at most.
APART = 4000
_KNOWN_KEYS = 50_000
_EARLIEST = date(2010, 1, 1)
_PARENTS = frozenset({"mother", "father"})
_PERSONS = frozenset({FieldType.PERSON_NAME, FieldType.PERSONAL_ID})
_SIZES = {"m²": 1.0, "ha": 10_000.0}


@dataclass(frozen=True, slots=True)
class Twin:
    """Two rows about one thing. :param first: the row it was made from; both from 1"""

    first: int
    second: int


@dataclass(slots=True)
class Inventor:
    """
    Makes rows; the same definition, seed, day and count give the same ones.

    :param twins: share of rows that come a second time, written a little differently
    """

    definition: RegisterDefinition
    seed: int
    on: date
    twins: float = 0.0
    found: list[Twin] = field(default_factory=list)
    _dice: Random = field(init=False)
    _people: People = field(init=False)
    _grounds: Grounds = field(init=False)
    _persons: dict[str, Person] = field(default_factory=dict)
    _row: int = 0
    _keys: dict[str, list[str]] = field(default_factory=dict)
    _makers: list[tuple[RegisterField, Callable[[Row], object]]] = field(init=False)

    def __post_init__(self) -> None:
        self._dice = Random(f"{self.seed}/{self.definition.id}")  # noqa: S311  (made up, and the same each time)
        self._people = People(self._dice, on=self.on)
        self._grounds = Grounds(self._dice, on=self.on)
        self._keys = {
            one.register_id: _keys_of(one.register_id)
            for one in self.definition.fields
            if one.type is FieldType.RELATION and one.register_id != self.definition.id
        }
        # Geometry last: it lies in the unit and is as large as the area says.
        ordered = sorted(self.definition.fields, key=lambda one: one.id == self.definition.geometry)
        self._makers = [(one, self._maker(one)) for one in ordered]

    def rows(self, count: int) -> Iterator[Row]:
        """Yield so many rows; of a row and its twin, ``found`` tells the places once both are out."""
        waiting: dict[int, list[tuple[int, Row]]] = {}
        place = 0
        while place < count:
            place += 1
            due = waiting.get(place)
            if due:
                first, row = due.pop()
                if due:
                    waiting.setdefault(place + 1, []).extend(due)
                waiting.pop(place)
                self.found.append(Twin(first, place))
                yield row
                continue
            row = self.row()
            yield row
            if self.twins and self._dice.random() < self.twins:
                later = place + self._dice.randint(1, APART)
                if later <= count:
                    waiting.setdefault(later, []).append((place, self._again(row)))

    def row(self) -> Row:
        """Return one row."""
        self._row += 1
        self._persons = {}
        row: Row = {}
        for one, make in self._makers:
            if not one.required and not self._is_needed(one) and self._dice.random() > _FILLED:
                continue
            value = make(row)
            if value is not None:
                row[one.id] = value
        return row

    def _is_needed(self, one: RegisterField) -> bool:
        names = self.definition.key.names
        return one.id in names or one.id in (self.definition.unit, self.definition.geometry)

    def _again(self, row: Row) -> Row:
        """Return the row as somebody writes it who does not know that it is there."""
        dice, twin = self._dice, dict(row)
        for one in self.definition.fields:
            value = twin.get(one.id)
            if not isinstance(value, str):
                continue
            if one.type is FieldType.PERSON_NAME or (one.type is FieldType.TEXT and one.searched):
                twin[one.id] = mistakes.wrong_name(dice, value) if len(value) > 3 else value
            elif one.type is FieldType.DATE and one.personal:
                twin[one.id] = mistakes.wrong_date(dice, value, partial=one.partial)
            elif one.type is FieldType.PERSONAL_ID:
                is_key = one.id in self.definition.key.names or one.unique
                if is_key or dice.random() < 0.3:
                    twin[one.id] = mistakes.wrong_number(dice, value)
                elif dice.random() < 0.3:
                    twin.pop(one.id)
            elif one.id in self.definition.key.names or one.unique:
                twin[one.id] = f"{value}b" if not one.pattern else fitting(dice, one.pattern)
        return twin

    def _maker(self, one: RegisterField) -> Callable[[Row], object]:
        makers: dict[FieldType, Callable[[RegisterField, Row], object]] = {
            FieldType.TEXT: self._text,
            FieldType.PERSON_NAME: lambda one, _row: self._person(one.id).full_name,
            FieldType.PERSONAL_ID: lambda one, _row: self._person(one.id).number,
            FieldType.DATE: self._date,
            FieldType.NUMBER: self._number,
            FieldType.MONEY: lambda _one, _row: self._dice.randrange(1, 10_000) * 100_000,
            FieldType.YES_NO: lambda _one, _row: self._dice.random() < 0.5,
            FieldType.CHOICE: self._choice,
            FieldType.UNIT: lambda _one, _row: self._grounds.commune(),
            FieldType.RELATION: self._relation,
            FieldType.POINT: self._point,
            FieldType.POLYGON: self._polygon,
        }
        make = makers[one.type]
        if one.several:
            return lambda row: [make(one, row)]
        return lambda row: make(one, row)

    def _person(self, field_id: str) -> Person:
        """Return who the field is about: fields with one prefix are about one person."""
        prefix = field_id.rpartition(".")[0]
        if prefix not in self._persons:
            sex, child = "", None
            if prefix in _PARENTS:
                sex = "female" if prefix == "mother" else "male"
                others = [one for name, one in self._persons.items() if name not in _PARENTS]
                child = others[0].born_on if others else None
            self._persons[prefix] = self._people.person(sex=sex, child_born=child)
        return self._persons[prefix]

    def _text(self, one: RegisterField, _row: Row) -> str:
        dice = self._dice
        if one.id in self.definition.key.names or one.unique:
            return self._named(one)
        if one.pattern:
            return fitting(dice, one.pattern)
        if one.personal and one.searched and one.id.endswith("name"):
            return self._person(one.id).full_name
        if one.searched:
            words = self._people.name("male" if dice.random() < 0.5 else "female").split()
            return f"{' '.join(words[1:])} {dice.randrange(1, 400)}"[: one.max_length]
        return str(dice.randrange(1, 500))

    def _named(self, one: RegisterField) -> str:
        """Return a text that no other row has: a number, as long as the pattern asks."""
        if one.pattern:
            text = fitting(self._dice, one.pattern)
            digits = f"{self._row:0{len(text)}}"
            return "".join(
                digits[place] if mark.isdigit() and place < len(digits) else mark
                for place, mark in enumerate(text)
            )
        return f"{self._row:07}"[-one.max_length :]

    def _date(self, one: RegisterField, row: Row) -> str:
        last = one.id.rpartition(".")[2]
        if last == "born_on":
            return self._person(one.id).born_on.isoformat()
        if last in {"died_on", "withdrawn_on"} or "withdrawn" in one.id:
            return self._after(one, row) if self._dice.random() < 0.04 else ""
        return self._after(one, row)

    def _after(self, one: RegisterField, row: Row) -> str:
        """Return a day after the births of the row; of a term's end, one to come."""
        born = [person.born_on for name, person in self._persons.items() if name not in _PARENTS]
        since = max([_EARLIEST, *born])
        if "until" in one.id:
            return (self.on + timedelta(days=self._dice.randrange(30, 3650))).isoformat()
        del row
        days = max(1, (self.on - since).days)
        day = since + timedelta(days=self._dice.randrange(days))
        return str(day.year) if one.partial else day.isoformat()

    def _number(self, one: RegisterField, _row: Row) -> object:
        least = max(one.minimum or 0, 0)
        most = one.maximum if one.maximum is not None else least + (5000 if one.unit_label.vi != "ha" else 40)
        low, high = math.log(least + 1), math.log(most + 1)
        value = math.exp(self._dice.uniform(low, high)) - 1
        if one.decimals:
            return f"{min(most, max(least, value, 10**-one.decimals)):.{one.decimals}f}"
        return min(most, max(least, round(value)))

    def _choice(self, one: RegisterField, _row: Row) -> str:
        if one.id.rpartition(".")[2] == "sex" and {"male", "female"} <= {each.value for each in one.options}:
            return self._person(one.id).sex
        # The first of a list is what there is most of, mostly.
        weights = [1 / (place + 1) for place in range(len(one.options))]
        return self._dice.choices([each.value for each in one.options], weights=weights)[0]

    def _relation(self, one: RegisterField, _row: Row) -> str | None:
        known = self._keys.get(one.register_id)
        return self._dice.choice(known) if known else None

    def _point(self, _one: RegisterField, row: Row) -> object:
        place = self._grounds.point(self._unit(row))
        if place is None:
            return None
        return {"type": "Point", "coordinates": [round(place[0], 7), round(place[1], 7)]}

    def _polygon(self, _one: RegisterField, row: Row) -> object:
        size = next(
            (
                float(str(row[one.id])) * _SIZES[one.unit_label.vi]
                for one in self.definition.fields
                if one.unit_label.vi in _SIZES and one.id in row
            ),
            500.0,
        )
        return self._grounds.outline(self._unit(row), size)

    def _unit(self, row: Row) -> str:
        name = self.definition.unit
        return str(row[name]) if name in row else self._grounds.commune()


def _keys_of(register_id: str) -> list[str]:
    rows = HeldValue.objects.filter(register=register_id, field=KEY).order_by("value")
    return list(islice(rows.values_list("value", flat=True), _KNOWN_KEYS))
