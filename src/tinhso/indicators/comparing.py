"""Comparisons: against another indicator of the same period, and what sources tell of other places."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tinhso.definitions.roles import whole
from tinhso.definitions.types import Strict, Text
from tinhso.indicators.definitions import Indicator, IndicatorId

FOLDER = "comparisons"


class Against(Strict):
    """What a value is held against in the same source."""

    place: Text
    value: Decimal


class Comparison(Strict):
    """
    A value somebody published of some place, as a file of ``packs/*/comparisons`` says; it is in no figure.

    :param period: name of the period, see ``periods``
    """

    indicator: IndicatorId
    period: str
    place: Text
    value: Decimal
    against: Against | None = None
    source: str

    @property
    def difference(self) -> Decimal | None:
        """The value less what it is held against; None where the source has nothing to hold it against."""
        return self.value - self.against.value if self.against else None


def comparisons(one: Indicator) -> tuple[Comparison, ...]:
    """Return what is known of the indicator, the latest period first. :raises BrokenPack: a file is wrong"""
    paths = sorted(settings.TINHSO.packs.glob(f"*/{FOLDER}/*.yaml"))
    return _read(tuple((path, path.stat().st_mtime_ns) for path in paths)).get(one.id, ())


@lru_cache(maxsize=2)
def _read(stamped: tuple[tuple[Path, int], ...]) -> Mapping[str, tuple[Comparison, ...]]:
    read = sorted((whole(path, Comparison) for path, _stamp in stamped), key=lambda one: one.period)
    names = {one.indicator for one in read}
    return {name: tuple(one for one in reversed(read) if one.indicator == name) for name in names}
