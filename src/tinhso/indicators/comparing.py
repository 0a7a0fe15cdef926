"""Comparisons: against another indicator of the same period, and what sources tell of other places."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from django.conf import settings
from pydantic import AfterValidator

from tinhso.definitions.loading import load
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.roles import whole
from tinhso.definitions.types import Strict, Text
from tinhso.indicators.definitions import Indicator, IndicatorId, files_of
from tinhso.indicators.periods import PeriodUnknown, named

FOLDER = "comparisons"


def known_period(name: str) -> str:
    """Return the name of a period. :raises ValueError: it names none"""
    try:
        named(name)
    except PeriodUnknown as problem:
        raise ValueError(str(problem)) from problem
    return name


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
    period: Annotated[str, AfterValidator(known_period)]
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


def mistakes(packs: Path) -> Iterator[Mistake]:
    """Yield what is wrong with the comparisons of a folder of packs."""
    known = {one.value.id: one.value for path in files_of(packs) if (one := load(path, Indicator)).value}
    for path in files_of(packs):
        loaded = load(path, Indicator)
        if loaded.value and loaded.value.compare and loaded.value.compare not in known:
            yield loaded.places.mistake(("compare",), "index-unknown-indicator", name=loaded.value.compare)
    for path in sorted(packs.glob(f"*/{FOLDER}/*.yaml")):
        read = load(path, Comparison)
        yield from read.mistakes
        if read.value and read.value.indicator not in known:
            yield read.places.mistake(("indicator",), "index-unknown-indicator", name=read.value.indicator)


@lru_cache(maxsize=2)
def _read(stamped: tuple[tuple[Path, int], ...]) -> Mapping[str, tuple[Comparison, ...]]:
    read = sorted((whole(path, Comparison) for path, _stamp in stamped), key=lambda one: one.period)
    names = {one.indicator for one in read}
    return {name: tuple(one for one in reversed(read) if one.indicator == name) for name in names}
