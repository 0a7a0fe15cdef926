"""Compare the last days of every agency that collects money."""

from datetime import datetime, timedelta

from tinhso.bookkeeping.actions.compare_day import compare_day
from tinhso.kernel.clock import local
from tinhso.people import queries as people
from tinhso.people.types import system

ACTOR = system("bookkeeping")


def compare_days(*, at: datetime, days: int) -> int:
    """Compare that many days before today, each in its own transaction; return how many were compared."""
    today, counted = local(at).date(), 0
    for agency in people.agencies():
        if not agency.accounts:
            continue
        for back in range(1, days + 1):
            compare_day(actor=ACTOR, at=at, agency_id=agency.id, day=today - timedelta(days=back))
            counted += 1
    return counted
