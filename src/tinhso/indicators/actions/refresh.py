"""Count figures anew and put them where pages read them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from django.db import transaction

from tinhso.facts.engines import engine
from tinhso.facts.models import FactCursor
from tinhso.facts.refusals import FactsAreRebuilt
from tinhso.facts.snapshots import snapshot
from tinhso.indicators import periods
from tinhso.indicators.definitions import indicators
from tinhso.indicators.figures import Asking
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import StandingCut
from tinhso.indicators.standing import APART, Cut, cut_of, kept, rows_of
from tinhso.indicators.tables_read import tables_of
from tinhso.indicators.types import Series
from tinhso.kernel import locks
from tinhso.kernel.clock import local

LOCK = "indicators.standing"
Tier = Literal["now", "units", "past", "asked"]
TIERS: tuple[Tier, ...] = ("now", "units", "past", "asked")
MONTHS = 13
# What a page asked for stays fresh so long after the page was last opened.
ASKED_FOR = timedelta(hours=1)
AT_ONCE = 200
KEPT_DAYS = 40
KEY = ["indicator", "since", "until", "grouped_by", "map_on"]
CHANGED = [
    "definition",
    "counted_until",
    "figures",
    "set_apart",
    "position",
    "passes",
    "without",
    "computed_at",
]
Counted = tuple[Cut, Series, date]


def refresh(*, at: datetime, tier: Tier) -> int:
    """
    Count what of this tier is not of the facts and definitions of today; return how many cuts.

    Facts are not kept from changing meanwhile: what changed then is counted the next time.
    """
    cuts = _asked(at) if tier == "asked" else tuple(cuts_of(tier, local(at).date()))
    return sum(count(some, at=at) for some in _by_period(cuts))


def count_waiting(*, at: datetime) -> int:
    """Count what was asked for and is not there yet, what waits longest first; return how many."""
    rows = StandingCut.objects.filter(computed_at__isnull=True).order_by("asked_at")[:AT_ONCE]
    return count([cut_of(row) for row in rows], at=at)


def count(cuts: Collection[Cut], *, at: datetime) -> int:
    """Count those of the cuts that are not of today's facts, and keep them; return how many."""
    stale = _stale(cuts, local(at).date())
    if not stale:
        return 0
    try:
        counted = _count(stale, local(at).date())
    except FactsAreRebuilt:
        return 0
    return _keep(counted, at)


def cuts_of(tier: Tier, today: date) -> Iterator[Cut]:
    """Yield what is always there: running periods, the same by unit, and those before."""
    for one in indicators().values():
        if one.manual is not None:
            continue
        if tier == "units":
            if "unit" in one.dimensions:
                yield from (Cut(one.id, period, ("unit",)) for period in _by_unit(today))
            continue
        yield from (Cut(one.id, period) for period in (_running(today) if tier == "now" else _past(today)))


def counted_until(period: Period, today: date) -> date:
    """Return the first day that is not counted: what is not over is counted up to the end of today."""
    tomorrow = today + timedelta(days=1)
    return min(period.until, tomorrow) if period.since < tomorrow else period.until


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Forget what nobody counted for long; it is counted again when it is asked for."""
    old = StandingCut.objects.filter(asked_at__lt=at - timedelta(days=KEPT_DAYS))
    return old.exclude(computed_at__gte=at - timedelta(days=KEPT_DAYS)).delete()[0]


def _by_period(cuts: Iterable[Cut]) -> Iterable[list[Cut]]:
    """Part cuts by their periods, so that the running month is there before the year is counted."""
    parted: dict[Period, list[Cut]] = {}
    for cut in cuts:
        parted.setdefault(cut.period, []).append(cut)
    return parted.values()


def _asked(at: datetime) -> tuple[Cut, ...]:
    rows = StandingCut.objects.filter(asked_at__gte=at - ASKED_FOR, computed_at__isnull=False)
    return tuple(cut_of(row) for row in rows.order_by("-asked_at")[:AT_ONCE])


def _running(today: date) -> tuple[Period, ...]:
    return tuple(periods.running(kind, today) for kind in periods.KINDS)


def _past(today: date) -> tuple[Period, ...]:
    months = periods.months_up_to(today, MONTHS)[:-1]
    return (*months, *(periods.before(one) for one in _running(today) if periods.kind_of(one) != "month"))


def _by_unit(today: date) -> tuple[Period, ...]:
    month = periods.running("month", today)
    return (*_running(today), periods.before(month), periods.before(periods.running("quarter", today)))


def _stale(cuts: Collection[Cut], today: date) -> tuple[Cut, ...]:
    known, rows = indicators(), rows_of(cuts)
    cursor = FactCursor.objects.filter(pk=1).first() or FactCursor()

    def is_fresh(cut: Cut) -> bool:
        row = rows.get(cut)
        return (
            row is not None
            and row.computed_at is not None
            and row.passes == cursor.passes
            and row.definition == known[cut.indicator].digest
            and row.counted_until == counted_until(cut.period, today)
        )

    return tuple(cut for cut in cuts if cut.indicator in known and not is_fresh(cut))


def _count(cuts: Sequence[Cut], today: date) -> list[Counted]:
    known = indicators()
    tables = sorted({name for cut in cuts for name in tables_of(known[cut.indicator])})
    with snapshot(tables) as facts, engine(facts) as counting:
        found: list[Counted] = []
        for cut in cuts:
            until = counted_until(cut.period, today)
            asking = Asking(
                counting, facts.checkpoint, Period(cut.period.since, until), cut.by, cut.as_of_map
            )
            found.append((cut, asking.series(known[cut.indicator]), until))
        return found


@transaction.atomic
def _keep(counted: Sequence[Counted], at: datetime) -> int:
    locks.hold(LOCK)
    there = rows_of([cut for cut, _series, _until in counted])

    # Another worker may have counted newer facts meanwhile.
    newer = {cut for cut, row in there.items() if row.computed_at is not None and row.computed_at > at}
    rows = [_row(one, at) for one in counted if one[0] not in newer]

    StandingCut.objects.bulk_create(rows, update_conflicts=True, unique_fields=KEY, update_fields=CHANGED)
    return len(rows)


def _row(counted: Counted, at: datetime) -> StandingCut:
    cut, series, until = counted
    return StandingCut(
        indicator=cut.indicator,
        since=cut.period.since,
        until=cut.period.until,
        grouped_by=APART.join(cut.by),
        map_on=cut.as_of_map,
        counted_until=until,
        asked_at=at,
        computed_at=at,
        **kept(series),
    )
