"""Which of the entered values count, wait, or were replaced."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from django.core.exceptions import ObjectDoesNotExist

from tinhso.plans.models import TargetValue, ValueVerdict
from tinhso.plans.status import Point


class ValueState(StrEnum):
    COUNTS = "counts"
    WAITS = "waits"
    REFUSED = "refused"
    REPLACED = "replaced"


def verdict_of(row: TargetValue) -> ValueVerdict | None:
    """Return what was said of the value; None: nothing yet."""
    try:
        return row.verdict
    except ObjectDoesNotExist:
        return None


def states(rows: Sequence[TargetValue]) -> dict[TargetValue, ValueState]:
    """Return where each value of one target stands; ``verdict`` must be loaded."""
    confirmed = [row for row in rows if (said := verdict_of(row)) and said.confirmed]
    replaced = {row.corrects_id for row in confirmed}
    found = {}
    for row in rows:
        said = verdict_of(row)
        if said is None:
            found[row] = ValueState.WAITS
        elif not said.confirmed:
            found[row] = ValueState.REFUSED
        else:
            found[row] = ValueState.REPLACED if row.id in replaced else ValueState.COUNTS
    return found


def counting(rows: Sequence[TargetValue]) -> list[TargetValue]:
    """Return the values that decide how the target stands."""
    return [row for row, state in states(rows).items() if state is ValueState.COUNTS]


def awaiting(rows: Sequence[TargetValue]) -> list[TargetValue]:
    """Return the values nobody has confirmed or refused yet."""
    return [row for row, state in states(rows).items() if state is ValueState.WAITS]


def points(rows: Iterable[TargetValue]) -> tuple[Point, ...]:
    """Return the values in the order of their days."""
    return tuple(sorted((Point(row.as_of, row.value) for row in rows), key=lambda one: one.on))
