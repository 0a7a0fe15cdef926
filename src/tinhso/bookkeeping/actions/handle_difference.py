"""Say who looks at a difference, and how it was cleared up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.bookkeeping import policies, reports
from tinhso.bookkeeping.events import DifferenceAssigned, DifferenceClosed
from tinhso.bookkeeping.models import DayReport, Difference
from tinhso.bookkeeping.types import DifferenceState, DifferenceView
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict, Invalid, NotFound
from tinhso.kernel.text import normalise
from tinhso.people import queries as people
from tinhso.people.types import Actor

LONGEST = 500


class DifferenceNotOpen(Conflict):
    code = "difference-not-open"
    message = _("Chênh lệch này không còn mở. Hãy tải lại trang để xem.")


class NoteMissing(Invalid):
    code = "difference-note-missing"
    message = _("Hãy ghi chênh lệch đã được làm rõ thế nào (tối đa 500 ký tự).")


class NotOfTheAgency(Invalid):
    code = "difference-not-of-the-agency"
    message = _("Người này không giữ vị trí nào ở cơ quan thu. Hãy chọn người trong danh sách.")


@transaction.atomic
def assign_difference(
    *, actor: Actor, at: datetime, difference_id: UUID, to_account_id: UUID
) -> DifferenceView:
    """
    Put the difference to an officer of the agency.

    :raises NotFound: absent, or of an agency the actor does not answer for
    :raises DifferenceNotOpen, NotOfTheAgency: as their sentences say
    """
    row = _lock(actor=actor, difference_id=difference_id)

    policies.require_overseer(actor=actor, agency_id=row.report.agency_id)

    if row.state != DifferenceState.OPEN:
        raise DifferenceNotOpen
    if row.report.agency_id not in people.actor_of(to_account_id, at=at).agency_ids:
        raise NotOfTheAgency

    row.assigned_account_id = to_account_id
    row.save(update_fields=["assigned_account_id"])

    event = DifferenceAssigned(difference_id=row.pk, amount=row.amount, to_account_id=to_account_id)
    ledger.record(actor=actor, at=at, event=event)
    return reports.difference_view(row)


@transaction.atomic
def close_difference(*, actor: Actor, at: datetime, difference_id: UUID, note: str) -> DifferenceView:
    """
    Close an open difference with what was found out.

    :raises NotFound: absent, or of an agency the actor does not answer for
    :raises DifferenceNotOpen, NoteMissing: as their sentences say
    """
    row = _lock(actor=actor, difference_id=difference_id)

    policies.require_overseer(actor=actor, agency_id=row.report.agency_id)

    words = normalise(note)
    if row.state != DifferenceState.OPEN:
        raise DifferenceNotOpen
    if not 0 < len(words) <= LONGEST:
        raise NoteMissing

    row.state, row.note, row.closed_at = DifferenceState.CLOSED, words, at
    row.closed_by_id = actor.account_id
    row.save(update_fields=["state", "note", "closed_at", "closed_by_id"])

    ledger.record(actor=actor, at=at, event=DifferenceClosed(difference_id=row.pk, amount=row.amount))
    return reports.difference_view(row)


def _lock(*, actor: Actor, difference_id: UUID) -> Difference:
    visible = Difference.objects.filter(report__in=DayReport.objects.visible_to(actor), pk=difference_id)
    row = visible.select_for_update(of=("self",)).select_related("report").first()
    if row is None:
        raise NotFound
    return row
