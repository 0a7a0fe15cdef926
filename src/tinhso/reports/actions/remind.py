"""Remind who can act of returns that are due, and of those that are late."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel.clock import local
from tinhso.reports import telling
from tinhso.reports.models import ReportRound, State, UnitReturn
from tinhso.reports.reading import rules


@transaction.atomic
def remind_of_reports(*, at: datetime) -> int:
    """Remind on the days the rules name; return how many returns were reminded of. Twice a day is once."""
    known, today, told = rules(), local(at).date(), 0
    waiting: dict[UUID, list[UUID]] = defaultdict(list)
    rows = UnitReturn.objects.filter(state__in=(State.OPEN, State.SUBMITTED), signed_at__isnull=True)
    for round_id, agency_id in rows.values_list("round_id", "agency_id"):
        waiting[round_id].append(agency_id)
    for row in ReportRound.objects.filter(pk__in=waiting):
        left = (local(row.due_at).date() - today).days
        is_over = at > row.due_at
        if (-left in known.remind_after) if is_over else (left in known.remind_before):
            telling.remind(row, waiting[row.pk], at=at, is_over=is_over)
            told += len(waiting[row.pk])
    return told
