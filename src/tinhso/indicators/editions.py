"""The public edition: what was published, without small numbers, to everybody alike."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from tinhso.indicators import policies
from tinhso.indicators.definitions import Indicator, IndicatorMissing, indicator, indicators
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import EnteredValue, PublishedFigure
from tinhso.indicators.suppression import hidden, is_small, small_numbers
from tinhso.kernel.refusals import NotFound

UNIT = "unit"
MONTHS = 36


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """
    One figure as everybody reads it.

    :param id: None for an entered value
    :param group: code of the unit; empty: the whole province
    :param whole: how many facts; None: hidden, or the figure counts none
    :param value: None: hidden, or «chưa có số liệu»
    :param hidden: too few facts to be told
    :param checkpoint: the signed checkpoint; empty: the ledger was not sealed then
    """

    id: UUID | None
    group: str
    period: Period
    value: Decimal | None
    whole: int | None
    hidden: bool
    told_at: datetime
    position: int = 0
    checkpoint: str = ""
    document: str = ""
    document_on: date | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """
    What is public of an indicator in a period.

    :param whole: of the province; None: nothing is public of this period
    :param units: by code
    :param least: rows of fewer facts are hidden
    """

    one: Indicator
    period: Period
    whole: PublicFigure | None
    units: tuple[PublicFigure, ...]
    least: int


def public_ids() -> Collection[str]:
    """Return the indicators of which something is public."""
    known = indicators()
    told = PublishedFigure.objects.filter(grouped_by=[]).values_list("indicator", flat=True).distinct()
    typed = EnteredValue.objects.values_list("indicator", flat=True).distinct()
    return [name for name in known if name in {*told, *typed} and is_public(known[name])]


def is_public(one: Indicator) -> bool:
    """Tell whether figures of it may be public at all: none that name officers."""
    return policies.OFFICER not in one.dimensions


def public_indicator(indicator_id: str) -> Indicator:
    """:raises IndicatorMissing: no file says it, or nothing of it is ever public"""
    one = indicator(indicator_id)
    if not is_public(one):
        raise IndicatorMissing(indicator=indicator_id)
    return one


def history(indicator_ids: Collection[str]) -> Mapping[str, tuple[PublicFigure, ...]]:
    """Return what is public of the whole province, by indicator, the latest period first."""
    found: dict[str, list[PublicFigure]] = {name: [] for name in indicator_ids}
    rows = PublishedFigure.objects.filter(
        indicator__in=indicator_ids, grouped_by=[], map_on__isnull=True, restated_by__isnull=True
    )
    least, known = small_numbers().least, indicators()
    for row in rows.order_by("-until", "since")[: MONTHS * max(len(indicator_ids), 1)]:
        one = known[row.indicator]
        found[row.indicator].append(_told(one, row, is_hidden=_is_small(one, row, least)))
    typed = EnteredValue.objects.filter(indicator__in=indicator_ids, unit="", replaced_by__isnull=True)
    for value in typed.order_by("-until", "since"):
        found[value.indicator].append(_entered(value))
    return {name: tuple(told) for name, told in found.items()}


def edition(indicator_id: str, period: Period) -> Edition:
    """Return the province and its units. :raises IndicatorMissing: nothing of it is ever public"""
    one, least = public_indicator(indicator_id), small_numbers().least
    if one.manual is not None:
        return _typed(one, period, least)
    rows = PublishedFigure.objects.filter(
        indicator=one.id,
        since=period.since,
        until=period.until,
        map_on__isnull=True,
        restated_by__isnull=True,
        grouped_by__in=[[], [UNIT]],
    )
    whole = next((row for row in rows if not row.grouped_by), None)
    units = sorted((row for row in rows if row.grouped_by), key=lambda row: row.group)
    left_out = hidden({row.group[0]: _count(one, row) for row in units}, least=least)
    return Edition(
        one=one,
        period=period,
        whole=_told(one, whole, is_hidden=_is_small(one, whole, least)) if whole else None,
        units=tuple(_told(one, row, is_hidden=row.group[0] in left_out) for row in units),
        least=least,
    )


def public_figure(figure_id: UUID) -> PublicFigure:
    """Return one public figure. :raises NotFound: there is none that everybody may read"""
    row = PublishedFigure.objects.filter(pk=figure_id, map_on__isnull=True).first()
    if row is None or row.grouped_by not in ([], [UNIT]) or not is_public(indicator(row.indicator)):
        raise NotFound
    found = edition(row.indicator, Period(row.since, row.until))
    told = [one for one in (found.whole, *found.units) if one and one.id == row.pk]
    if told:
        return told[0]
    # Restated since: whether it was small is asked of it alone, for its neighbours are not told any more.
    one = indicator(row.indicator)
    return _told(one, row, is_hidden=bool(row.grouped_by) or _is_small(one, row, found.least))


def as_told(one: Indicator, value: Decimal | None) -> Decimal | None:
    """Return a kept value with the places it was told with."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-one.decimals))


def _typed(one: Indicator, period: Period, least: int) -> Edition:
    rows = EnteredValue.objects.filter(
        indicator=one.id, since=period.since, until=period.until, replaced_by__isnull=True
    ).order_by("unit")
    told = [_entered(row) for row in rows]
    whole = next((row for row in told if not row.group), None)
    return Edition(one, period, whole, tuple(row for row in told if row.group), least)


def _told(one: Indicator, row: PublishedFigure, *, is_hidden: bool) -> PublicFigure:
    return PublicFigure(
        id=row.pk,
        group=row.group[0] if row.group else "",
        period=Period(row.since, row.until),
        value=None if is_hidden else as_told(one, row.value),
        whole=None if is_hidden or not one.whole else _count(one, row),
        hidden=is_hidden,
        told_at=row.computed_at,
        position=row.position,
        checkpoint=row.checkpoint,
    )


def _entered(row: EnteredValue) -> PublicFigure:
    return PublicFigure(
        id=None,
        group=row.unit,
        period=Period(row.since, row.until),
        value=row.value,
        whole=None,
        hidden=False,
        told_at=row.entered_at,
        document=row.document,
        document_on=row.document_on,
    )


def _count(one: Indicator, row: PublishedFigure) -> int:
    return int(Decimal(row.sums.get(one.whole, "0"))) if one.whole else 0


def _is_small(one: Indicator, row: PublishedFigure, least: int) -> bool:
    return is_small(_count(one, row), least=least)
