"""Ask for figures that are not kept ready: a job counts them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from tinhso.indicators.definitions import indicators
from tinhso.indicators.jobs import count_asked
from tinhso.indicators.models import StandingCut
from tinhso.indicators.standing import APART, Cut, rows_of
from tinhso.kernel.jobs import defer

# A page that is opened often writes this seldom that it still is.
TOUCHED = timedelta(minutes=10)


@transaction.atomic
def ask_cuts(*, at: datetime, cuts: Collection[Cut]) -> int:
    """
    Have counted what is not there of these cuts; return how many are asked for now.

    Who asks twice asks once. Entered values are never asked for. Rights are the caller's to check.
    """
    known = indicators()
    computed = {cut for cut in cuts if cut.indicator in known and known[cut.indicator].manual is None}
    there = rows_of(computed)
    StandingCut.objects.filter(
        pk__in=[row.pk for row in there.values() if row.asked_at < at - TOUCHED]
    ).update(asked_at=at)
    missing = computed - set(there)
    if not missing:
        return 0

    rows = [
        StandingCut(
            indicator=cut.indicator,
            since=cut.period.since,
            until=cut.period.until,
            grouped_by=APART.join(cut.by),
            map_on=cut.as_of_map,
            asked_at=at,
        )
        for cut in missing
    ]
    StandingCut.objects.bulk_create(rows, ignore_conflicts=True)
    defer(count_asked)
    return len(rows)
