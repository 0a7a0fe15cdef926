"""Hand a return up to the agency's leader: automatic lines as they are now, everything else checked."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict
from tinhso.people.types import Actor
from tinhso.reports import policies
from tinhso.reports.actions.save_return import LinesWrong
from tinhso.reports.events import ReturnSubmitted
from tinhso.reports.filling import filled
from tinhso.reports.models import State, UnitReturn
from tinhso.reports.rounds import about, lock_return, require_state, saved, span_of, template_of
from tinhso.reports.values import faults, read, with_formulas, written


class PeriodStillRuns(Conflict):
    code = "report-period-still-runs"
    message = _("Kỳ báo cáo đến hết ngày %(last)s mới kết thúc. Hãy lưu lại và trình sau ngày ấy.")


class FiguresPending(Conflict):
    code = "report-figures-pending"
    message = _(
        "Hệ thống đang tính chỉ số của kỳ này. Những gì đã nhập vẫn được giữ; hãy trình lại sau ít phút."
    )


@transaction.atomic
def submit_return(*, actor: Actor, at: datetime, return_id: UUID, revision: int) -> int:
    """
    Freeze the lines for the leader to sign. Return the new revision.

    :raises ReportMissing, ReturnChanged, NotNow: see :func:`rounds.lock_return`
    :raises NotYourReport: the actor does not fill this agency's returns
    :raises PeriodStillRuns, FiguresPending: too early
    :raises LinesWrong: lines are empty or contradict each other
    """
    row = lock_return(actor=actor, return_id=return_id, revision=revision)

    actor = policies.require_unit(actor=actor, deed="fill", agency_id=row.agency_id)

    require_state(row, State.OPEN)
    template, span = template_of(row.round), span_of(row.round)
    if at < span.ends_at:
        raise PeriodStillRuns(last=span.last.strftime("%d/%m/%Y"))
    if refill(row, at=at):
        raise FiguresPending
    found = faults(template, read(row.values), get_language() or "vi")
    if found:
        raise LinesWrong(found)

    row.state, row.note = State.SUBMITTED, ""
    saved(row, actor=actor, at=at, what="submitted")

    ledger.record(actor=actor, at=at, event=ReturnSubmitted(**about(row)))
    return row.revision


def refill(row: UnitReturn, *, at: datetime) -> frozenset[str]:
    """Put the automatic lines into the row as they are now; return those that are still being computed."""
    template = template_of(row.round)
    found = filled(template, span_of(row.round), [row.agency.code], at=at)
    row.values = written(with_formulas(template, read(row.values) | found.by_agency[row.agency.code]))
    row.filled_at = at
    return found.pending
