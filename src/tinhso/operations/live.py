"""
Live counters: what happened today and what is open now, straight from the facts in PostgreSQL.

They say nothing of anybody: numbers of the whole province, of one field, or of one agency.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import BigIntegerField, F, Func, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tinhso.facts.models import DossierFact, FactCursor, PaymentFact
from tinhso.kernel.clock import local
from tinhso.payments.events import BillPaid

# What is decided; a dossier that was declined, withdrawn or stopped was not settled.
SETTLED = ("granted", "refused")


class Counter(StrEnum):
    """``paid`` is in đồng; the others are dossiers."""

    FILED = "filed"
    SETTLED = "settled"
    OVERDUE = "overdue"
    WAITING = "waiting"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Live:
    """
    :param position: how far the ledger was read for this
    :param is_whole: False while facts are made anew
    :param at: the moment deadlines were held against
    """

    filed: int
    settled: int
    overdue: int
    waiting: int
    paid: int
    position: int
    is_whole: bool
    at: datetime

    def of(self, counter: Counter) -> int:
        return int(asdict(self)[counter.value])


@dataclass(frozen=True, slots=True)
class Pulse:
    """:param position: changes with every entry that was read"""

    position: int
    is_whole: bool


def pulse() -> Pulse:
    """Return how far facts are; one short question."""
    row = FactCursor.objects.filter(pk=1).values_list("read_to", "rebuild_to").first()
    read_to, rebuild_to = row or (0, 0)
    return Pulse(read_to, read_to >= rebuild_to)


def live(*, at: datetime, field: str = "") -> Live:
    """
    Return all counters as of one moment; one query.

    :param field: only procedures of this field; empty: all
    """
    counts = {one.value: _number(dossiers_behind(one, at=at, field=field), "COUNT", "pk") for one in DOSSIERS}
    paid = _number(payments_of_today(at=at, field=field), "SUM", "amount")
    cursor = FactCursor.objects.filter(pk=1).annotate(**counts, paid=paid)
    row = cursor.values("read_to", "rebuild_to", *counts, "paid").first() or {}
    return Live(
        filed=row.get("filed", 0),
        settled=row.get("settled", 0),
        overdue=row.get("overdue", 0),
        waiting=row.get("waiting", 0),
        paid=row.get("paid", 0),
        position=row.get("read_to", 0),
        is_whole=row.get("read_to", 0) >= row.get("rebuild_to", 0),
        at=at,
    )


def _number(rows: QuerySet[Any], function: str, column: str) -> Coalesce:
    """Return what the rows come to, as a part of another question."""
    told = rows.order_by().annotate(told=Func(F(column), function=function, output_field=BigIntegerField()))
    return Coalesce(Subquery(told.values("told")), 0)


DOSSIERS = (Counter.FILED, Counter.SETTLED, Counter.OVERDUE, Counter.WAITING)


def dossiers_behind(counter: Counter, *, at: datetime, field: str = "") -> QuerySet[DossierFact]:
    """Return the facts of exactly the dossiers a counter counts; of ``paid``, those money came for."""
    if counter is Counter.PAID:
        numbers = payments_of_today(at=at, field=field).values("dossier")
        return DossierFact.objects.filter(number__in=numbers)
    facts = DossierFact.objects.filter(_conditions(at)[counter], number__isnull=False)
    return facts.filter(field=field) if field else facts


def payments_of_today(*, at: datetime, field: str = "") -> QuerySet[PaymentFact]:
    """Return the payments by which bills were paid in full today."""
    since, until = day_of(at)
    paid = PaymentFact.objects.filter(kind=BillPaid.kind, at__gte=since, at__lt=until)
    return paid.filter(field=field) if field else paid


def day_of(at: datetime) -> tuple[datetime, datetime]:
    """Return the midnights around the moment, in Vietnam."""
    start = local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + timedelta(days=1)


def _conditions(at: datetime) -> Mapping[Counter, Q]:
    since, until = day_of(at)
    runs = Q(ended_at__isnull=True)
    return {
        Counter.FILED: Q(filed_at__gte=since, filed_at__lt=until),
        Counter.SETTLED: Q(ended_at__gte=since, ended_at__lt=until, outcome__in=SETTLED),
        Counter.OVERDUE: runs & Q(due_at__lt=at, waiting_since__isnull=True),
        Counter.WAITING: runs & Q(waiting_since__isnull=False),
    }
