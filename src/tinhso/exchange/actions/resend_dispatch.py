"""Have something sent again that could not be sent."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.exchange import jobs, policies
from tinhso.exchange.events import DispatchResent
from tinhso.exchange.models import Dispatch, DispatchState
from tinhso.kernel import ledger
from tinhso.kernel.jobs import defer
from tinhso.kernel.refusals import Conflict, NotFound
from tinhso.people.types import Actor


class NotDead(Conflict):
    code = "dispatch-not-dead"
    message = _("Bản tin này không còn ở trạng thái lỗi. Hãy tải lại trang.")


@transaction.atomic
def resend_dispatch(*, actor: Actor, at: datetime, number: int) -> None:
    """
    Send it, and what waits behind it, again; its tries count from zero.

    :raises NotFound: absent, or not visible to the actor
    :raises NotAllowed: the actor only watches
    :raises NotDead: it is on its way, or arrived
    """
    rows = Dispatch.objects.visible_to(actor).select_for_update()
    dispatch = rows.filter(pk=number).first()
    if dispatch is None:
        raise NotFound

    policies.require_counter(actor, agency_id=dispatch.agency_id)

    if dispatch.state != DispatchState.DEAD:
        raise NotDead

    dispatch.state, dispatch.tries, dispatch.next_at = DispatchState.PENDING, 0, at
    dispatch.save(update_fields=["state", "tries", "next_at"])
    defer(jobs.send, code=dispatch.code)

    subject: UUID = dispatch.dossier_id or UUID(int=dispatch.number)
    ledger.record(actor=actor, at=at, event=DispatchResent(dossier_id=subject, number=dispatch.number))
