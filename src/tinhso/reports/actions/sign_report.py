"""Sign the province's report of a round: what the received returns come to, and who is missing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict
from tinhso.people.types import Actor
from tinhso.reports import issuing, policies, sheets
from tinhso.reports.aggregating import aggregated
from tinhso.reports.events import ReportSigned
from tinhso.reports.models import ProvinceReport, UnitReturn
from tinhso.reports.rounds import lock_round, received_of, template_of
from tinhso.reports.values import written


class NothingReceived(Conflict):
    code = "report-nothing-received"
    message = _("Chưa nhận báo cáo của đơn vị nào nên chưa có gì để ký. Hãy nhận ít nhất một báo cáo trước.")


class ReceivedMeanwhile(Conflict):
    code = "report-received-meanwhile"
    message = _("Vừa có báo cáo đơn vị được nhận thêm, số tổng hợp đã khác. Hãy tải lại trang, xem rồi ký.")


@transaction.atomic
def sign_report(*, actor: Actor, at: datetime, round_id: UUID, counted: int | None = None) -> UUID:
    """
    Number, typeset and sign the province's report. Return the document's id.

    :param counted: how many returns the signer saw in it; None to skip the question
    :raises ReportMissing: there is no such round
    :raises NotYourReport: the actor does not sign reports of the province
    :raises NothingReceived, ReceivedMeanwhile: as they say
    :raises Refusal: see :func:`tinhso.papers.actions.issue_document.issue_document`
    """
    row = lock_round(actor=actor, round_id=round_id)

    actor = policies.require_province(actor=actor, deed="sign")

    received = received_of(row.pk)
    if not received:
        raise NothingReceived
    if counted is not None and counted != len(received):
        raise ReceivedMeanwhile
    values = aggregated(template_of(row), received)
    there = {one.agency: one.version for one in received}
    asked = UnitReturn.objects.filter(round=row).select_related("agency").order_by("agency__code")
    missing = [one.agency for one in asked if one.agency.code not in there]

    last = row.reports.order_by("-number").first()
    agency_id = policies.collecting_agency(actor)
    issued = issuing.issue(
        actor=actor,
        at=at,
        sheet=sheets.of_province(row, values, counted=len(received), missing=[one.name for one in missing]),
        agency_id=agency_id,
        subject_id=row.pk,
        supersedes=last.document_id if last else None,
    )
    report = ProvinceReport.objects.create(
        round=row,
        number=last.number + 1 if last else 1,
        values=written(values),
        units={"counted": there, "missing": [one.code for one in missing]},
        document_id=issued.id,
        signed_by_id=actor.account_id,
        signed_at=at,
    )

    event = ReportSigned(
        round_id=row.pk,
        report=row.report_id,
        period=row.name,
        number=report.number,
        counted=len(received),
        missing=len(missing),
        document_id=issued.id,
    )
    ledger.record(actor=actor, at=at, event=event)
    return issued.id
