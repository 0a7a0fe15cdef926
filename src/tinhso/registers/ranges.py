"""From … to …: numbers, money and dates that a register lets ask for."""

from collections.abc import Mapping

from django.db.models import DecimalField, F, Q, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Collate, RPad

from tinhso.definitions.registers.types import FieldType, RegisterField
from tinhso.registers.models import RecordVersionQuerySet

# Lowest and highest value, both included; None: open.
Range = tuple[str | None, str | None]
RANGED = frozenset({FieldType.NUMBER, FieldType.MONEY, FieldType.DATE})
# After every digit and hyphen: «1960» may be any day of that year.
_LAST = "~"
_NUMBER = DecimalField(max_digits=30, decimal_places=6)


def is_ranged(field: RegisterField) -> bool:
    """Tell whether records can be asked for by a span of the field: its file says ``filtered``."""
    return field.filtered and field.type in RANGED and not field.several


def within(
    rows: RecordVersionQuerySet, fields: Mapping[str, RegisterField], ranges: Mapping[str, Range]
) -> RecordVersionQuerySet:
    """
    Keep the versions whose values lie in the spans; one without the value lies in none.

    :param ranges: field id → lowest, highest; numbers with a point, days as ISO 8601
    """
    for place, (name, (low, high)) in enumerate(ranges.items()):
        if low is None and high is None:
            continue
        column = f"ranged_{place}"
        text = KeyTextTransform(name, F("values"))
        if fields[name].type is FieldType.DATE:
            rows = rows.filter(values__has_key=name).alias(**{column: Collate(text, "C")})
            rows = rows.alias(**{f"{column}_last": Collate(RPad(text, 10, Value(_LAST)), "C")})
            rows = rows.filter(_between(f"{column}_last", low, column, high))
        else:
            rows = rows.filter(values__has_key=name).alias(**{column: Cast(text, _NUMBER)})
            rows = rows.filter(_between(column, low, column, high))
    return rows


def _between(low_column: str, low: str | None, high_column: str, high: str | None) -> Q:
    found = Q()
    if low is not None:
        found &= Q(**{f"{low_column}__gte": low})
    if high is not None:
        found &= Q(**{f"{high_column}__lte": high})
    return found
