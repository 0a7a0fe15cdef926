"""The one way in to read the daily comparison."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tinhso.bookkeeping.models import DayReport, Difference
from tinhso.bookkeeping.types import Channel, DayReportView, DifferenceKind, DifferenceState, DifferenceView
from tinhso.bookkeeping.wording import CHANNEL_NAMES, sentence
from tinhso.people.types import Actor

PAGE = 60
ORDER = {channel: place for place, channel in enumerate(Channel)}


def reports_of(*, actor: Actor, agency_id: UUID, day: date) -> tuple[DayReportView, ...]:
    """Return the channels of the day that the actor may see, in a fixed order; none before it is counted."""
    rows = DayReport.objects.visible_to(actor).filter(agency_id=agency_id, day=day)
    found = [report_view(row) for row in rows.prefetch_related("differences")]
    return tuple(sorted(found, key=lambda report: ORDER[report.channel]))


def days(*, actor: Actor, agency_id: UUID, limit: int = PAGE) -> tuple[tuple[date, int], ...]:
    """Return the newest counted days of the agency, each with how many differences are open."""
    rows = DayReport.objects.visible_to(actor).filter(agency_id=agency_id).values("day")
    is_open = Count("differences", filter=Q(differences__state=DifferenceState.OPEN))
    counted = rows.annotate(open=is_open).order_by("-day")[:limit]
    return tuple((row["day"], row["open"]) for row in counted)


def open_rows(*, actor: Actor) -> QuerySet[Difference]:
    """Return the open differences of agencies for whose money the actor answers, the oldest day first."""
    visible = DayReport.objects.visible_to(actor)
    rows = Difference.objects.filter(report__in=visible, state=DifferenceState.OPEN)
    return rows.select_related("report").order_by("report__day", "id")


def report_view(row: DayReport) -> DayReportView:
    """Return the view; the caller has checked the right."""
    differences = sorted(row.differences.all(), key=lambda one: one.key)
    return DayReportView(
        id=row.pk,
        agency_id=row.agency_id,
        day=row.day,
        channel=Channel(row.channel),
        booked_count=row.booked_count,
        booked_sum=row.booked_sum,
        told_count=row.told_count,
        told_sum=row.told_sum,
        is_told=row.is_told,
        computed_at=row.computed_at,
        differences=tuple(
            difference_view(one) for one in differences if one.state != DifferenceState.SETTLED
        ),
    )


def difference_view(row: Difference) -> DifferenceView:
    """Return the view; the caller has checked the right."""
    return DifferenceView(
        id=row.pk,
        kind=DifferenceKind(row.kind),
        amount=row.amount,
        sentence=sentence(DifferenceKind(row.kind), row.facts),
        state=DifferenceState(row.state),
        assigned_account_id=row.assigned_account_id,
        note=row.note,
        closed_at=row.closed_at,
    )


def as_csv(reports: Iterable[DayReportView]) -> str:
    """Return the day as a table: one row for each channel, then one for each of its differences."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["day", "channel", "kind", "state", "booked", "told", "amount", "what", "note"])
    for report in reports:
        name = str(CHANNEL_NAMES[report.channel])
        sums = [report.booked_sum, report.told_sum if report.is_told else "", report.gap]
        table.writerow([report.day.isoformat(), name, "", "", *sums, "", ""])
        for one in report.differences:
            what = [one.amount, _safe(one.sentence), _safe(one.note)]
            table.writerow([report.day.isoformat(), name, one.kind, one.state, "", "", *what])
    return text.getvalue()


def _safe(text: str) -> str:
    """A purpose that strangers wrote must not become a formula in a spreadsheet."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
