"""Open a period of a report: a return for each agency that is asked."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.calendars.loading import load_calendar
from tinhso.definitions.packs import packs_folder, province
from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import Conflict, Refusal
from tinhso.people import queries as people
from tinhso.people.types import Actor, AgencyView
from tinhso.reports import policies, telling
from tinhso.reports.events import ReportOpened
from tinhso.reports.filling import filled
from tinhso.reports.models import ReportRound, UnitReturn
from tinhso.reports.periods import Span, named
from tinhso.reports.reading import first_day, template
from tinhso.reports.types import ReportTemplate
from tinhso.reports.values import written


class NotThisKind(Refusal):
    code = "report-not-this-kind"
    message = _("Báo cáo này không có kỳ «%(period)s». Hãy chọn một loại kỳ ghi trong mẫu báo cáo.")


class OpenedAlready(Conflict):
    code = "report-opened-already"
    message = _("Kỳ %(period)s của báo cáo này đã mở. Hãy tải lại trang rồi mở kỳ ấy trong danh sách.")


class NobodyAsked(Refusal):
    code = "report-nobody-asked"
    message = _("Chưa có cơ quan nào thuộc diện phải báo cáo. Hãy xem lại mục «asked» của mẫu báo cáo.")


@transaction.atomic
def open_period(*, actor: Actor, at: datetime, report_id: str, period: str) -> UUID:
    """
    Make a return for each agency, filled as far as facts are known, and tell its officers.

    Return the round's id.

    :param period: as :mod:`periods` names it
    :raises ReportMissing: there is no such report
    :raises NotYourReport: the actor does not run reports
    :raises NoSuchPeriod, NotThisKind, OpenedAlready, NobodyAsked: as they say
    """
    one = template(report_id)
    locks.hold(f"report/{report_id}")

    actor = policies.require_province(actor=actor, deed="run")

    span = named(period, first_day=first_day())
    asked = asked_of(one)
    if span.kind not in one.periods:
        raise NotThisKind(period=span.words())
    if ReportRound.objects.filter(report_id=report_id, since=span.since, until=span.until).exists():
        raise OpenedAlready(period=span.words())
    if not asked:
        raise NobodyAsked

    row = ReportRound.objects.create(
        report_id=report_id,
        kind=span.kind,
        name=span.name,
        since=span.since,
        until=span.until,
        due_at=due_at(one, span),
        content=one.model_dump(mode="json"),
        opened_by_id=actor.account_id,
        opened_at=at,
    )
    known = filled(one, span, [agency.code for agency in asked], at=at).by_agency
    UnitReturn.objects.bulk_create(
        UnitReturn(
            round=row,
            agency_id=agency.id,
            values=written(known[agency.code]),
            filled_at=at,
            changed_by_id=actor.account_id,
            changed_at=at,
        )
        for agency in asked
    )

    event = ReportOpened(
        round_id=row.pk, report=report_id, period=span.name, due_at=row.due_at, asked=len(asked)
    )
    ledger.record(actor=actor, at=at, event=event)
    telling.tell_opened(row, [agency.id for agency in asked], at=at)
    return row.pk


def asked_of(one: ReportTemplate) -> list[AgencyView]:
    """Return the open agencies that must report, by code."""
    asked = one.asked
    found = [a for a in people.agencies() if a.kind in asked.kinds or a.code in asked.agencies]
    return sorted(found, key=lambda agency: agency.code)


def due_at(one: ReportTemplate, span: Span) -> datetime:
    """Return the end of office hours so many working days after the period's last day."""
    calendar = load_calendar(packs_folder(), province())
    return calendar.closing(calendar.add_working_days(span.last, one.due.working_days))
