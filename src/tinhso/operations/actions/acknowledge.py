"""Take note of an alert, with a word on what is being done."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict, Invalid, NotFound
from tinhso.kernel.text import normalise
from tinhso.operations import policies
from tinhso.operations.events import AlertAcknowledged
from tinhso.operations.models import ThresholdAlert
from tinhso.people.types import Actor

LONGEST = 1000


class AlertMissing(NotFound):
    code = "operations-alert-missing"
    message = _("Không có cảnh báo này. Hãy mở lại danh sách cảnh báo.")


class AlertTaken(Conflict):
    code = "operations-alert-taken"
    message = _("Cảnh báo này đã có người nhận. Hãy tải lại trang để xem người đó ghi gì.")


class NoteNeeded(Invalid):
    code = "operations-note-needed"
    message = _(
        "Hãy ghi đã hoặc sẽ làm gì, tối đa %(most)s chữ: người khác đọc dòng này để biết việc đến đâu."
    )


@transaction.atomic
def acknowledge_alert(*, actor: Actor, at: datetime, alert_id: UUID, note: str) -> None:
    """
    Write who took note of the alert and what is being done; once.

    :raises AlertMissing: there is none, or the actor sees no alert
    :raises NotAllowed: it was not told to the actor, who does not oversee the province either
    :raises AlertTaken: somebody did already
    :raises NoteNeeded: without a note, or one too long
    """
    row = ThresholdAlert.objects.select_for_update().filter(pk=alert_id).first()
    if row is None or not policies.sees_room(actor):
        raise AlertMissing

    actor = policies.require_acting(actor, rule_id=row.rule, agency_id=row.agency_id)

    words = normalise(note)
    if row.acknowledged_at is not None:
        raise AlertTaken
    if not words or len(words) > LONGEST:
        raise NoteNeeded(most=LONGEST)

    row.acknowledged_at, row.acknowledged_by_id, row.note = at, actor.account_id, words
    row.save(update_fields=["acknowledged_at", "acknowledged_by", "note"])

    event = AlertAcknowledged(alert_id=row.id, rule=row.rule, agency_id=row.agency_id)
    ledger.record(actor=actor, at=at, event=event)
