"""Send again what failed or is uncertain."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger
from tinhso.kernel.jobs import defer
from tinhso.kernel.refusals import Conflict, NotFound
from tinhso.notices import jobs, policies
from tinhso.notices.events import NoticeResent
from tinhso.notices.models import Delivery, DeliveryState
from tinhso.notices.queries import delivery_view
from tinhso.notices.types import DeliveryView
from tinhso.people.types import Actor


class NothingToResend(Conflict):
    code = "notice-nothing-to-resend"
    message = _(
        "Tin này đã gửi hoặc đang được gửi. Chỉ gửi lại được tin gửi hỏng hoặc chưa rõ đã gửi hay chưa."
    )


@transaction.atomic
def resend(*, actor: Actor, at: datetime, delivery_id: UUID) -> DeliveryView:
    """
    Have a failed or uncertain delivery sent again; an uncertain e-mail may then arrive twice.

    :raises NotAllowed: the actor does not operate the system
    :raises NotFound: there is no such delivery
    :raises NothingToResend: it waits, is being sent, or was
    """
    row = Delivery.objects.select_for_update().filter(pk=delivery_id).first()

    policies.require_operator(actor)

    if row is None:
        raise NotFound
    if row.state not in {DeliveryState.FAILED, DeliveryState.UNCERTAIN}:
        raise NothingToResend

    row.state = DeliveryState.WAITING
    row.save()
    defer(jobs.deliver, delivery_id=str(row.id))

    ledger.record(actor=actor, at=at, event=NoticeResent(message_id=row.message_id, channel=row.channel))
    return delivery_view(row)
