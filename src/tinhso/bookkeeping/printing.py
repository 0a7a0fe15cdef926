"""The day's comparison on paper."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from tinhso.bookkeeping import policies, reports
from tinhso.bookkeeping.types import DayReportView, DifferenceState
from tinhso.bookkeeping.wording import CHANNEL_NAMES
from tinhso.kernel.clock import local
from tinhso.papers.typesetting import typeset
from tinhso.people import queries as people
from tinhso.people.types import Actor

TEMPLATE = "forms/day-report.typ"
STATES = {
    DifferenceState.OPEN: "chưa rõ",
    DifferenceState.EXPLAINED: "đã rõ",
    DifferenceState.CLOSED: "đã khép",
}


def as_pdf(*, actor: Actor, at: datetime, agency_id: UUID, day: date) -> bytes:
    """
    Return the day as it was counted last, as a PDF/A file.

    :raises RoleMissing: the actor does not answer for the agency's money
    """
    policies.require_overseer(actor=actor, agency_id=agency_id)
    agency = people.agency(agency_id)
    found = reports.reports_of(actor=actor, agency_id=agency_id, day=day)
    data = {
        "agency": agency.name,
        "place": agency.place,
        "day": day.isoformat(),
        "printed_on": local(at).date().isoformat(),
        "channels": [_channel(report) for report in found],
    }
    source = settings.TINHSO.packs / "vietnam" / "templates" / TEMPLATE
    return typeset(source.read_text(encoding="utf-8"), data, name=TEMPLATE, at=at)


def _channel(report: DayReportView) -> dict[str, object]:
    return {
        "name": str(CHANNEL_NAMES[report.channel]),
        "booked": report.booked_sum,
        "told": report.told_sum if report.is_told else None,
        "gap": report.gap if report.is_told else None,
        "differences": [
            {"what": one.sentence, "amount": one.amount, "state": STATES[one.state], "note": one.note}
            for one in report.differences
        ],
    }
