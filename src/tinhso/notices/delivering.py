"""
Sending one delivery: at most once, as far as the carrier lets us know.

``waiting`` → ``sending``, committed, so that nobody else takes it → handed over → ``sent``. What surely was
not sent waits again; what the carrier refuses has ``failed``; where the connection, or this process, broke in
the middle it is ``uncertain``, and an operator decides. What may have gone out never goes again by itself.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.notices.events import NoticeNotSent, NoticeSent
from tinhso.notices.mailing import send_mail
from tinhso.notices.models import Delivery, DeliveryState
from tinhso.notices.sending import NotSent, Rejected, Unknown
from tinhso.notices.sms import the_gateway
from tinhso.people.types import system

ACTOR = system("notices")
# Longer than the carriers' time limits: whoever claimed it before that is gone.
CLAIM = timedelta(minutes=10)


class TryAgain(Exception):  # noqa: N818  (tells the job to wait)
    """The delivery waits for another attempt."""


def deliver(*, at: datetime, delivery_id: UUID, is_last: bool) -> None:
    """
    Send the delivery, unless somebody else does or did.

    :param is_last: there will be no further attempt
    :raises TryAgain: it was surely not sent, and there will be
    """
    row = _claim(at=at, delivery_id=delivery_id)
    if row is None:
        return
    try:
        receipt = _hand_over(row)
    except NotSent as problem:
        state = DeliveryState.FAILED if is_last else DeliveryState.WAITING
        _finish(at=at, row=row, state=state, error=str(problem))
        if not is_last:
            raise TryAgain(str(problem)) from problem
    except Rejected as problem:
        _finish(at=at, row=row, state=DeliveryState.FAILED, error=str(problem))
    except Unknown as problem:
        _finish(at=at, row=row, state=DeliveryState.UNCERTAIN, error=str(problem))
    else:
        _finish(at=at, row=row, state=DeliveryState.SENT, receipt=receipt)


@transaction.atomic
def set_stuck_aside(*, at: datetime) -> int:
    """Mark what was being sent when its process died as uncertain; return how many."""
    stuck = list(Delivery.objects.stuck(since=at - CLAIM).select_for_update(skip_locked=True)[:200])
    for row in stuck:
        _finish(at=at, row=row, state=DeliveryState.UNCERTAIN, error="the sender stopped in the middle")
    return len(stuck)


@transaction.atomic
def _claim(*, at: datetime, delivery_id: UUID) -> Delivery | None:
    row = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if row is None or row.state != DeliveryState.WAITING:
        return None
    row.state, row.claimed_at = DeliveryState.SENDING, at
    row.attempts += 1
    row.save()
    return row


def _hand_over(row: Delivery) -> str:
    key = str(row.id)
    if row.channel == "sms":
        return the_gateway().send(to=row.address, text=row.text, key=key)
    send_mail(to=row.address, subject=row.subject, body=row.text, key=key)
    return ""


@transaction.atomic
def _finish(*, at: datetime, row: Delivery, state: DeliveryState, receipt: str = "", error: str = "") -> None:
    row.state, row.receipt, row.last_error = state, receipt, error[:200]
    row.sent_at = at if state == DeliveryState.SENT else None
    row.save()
    if state == DeliveryState.SENT:
        sent = NoticeSent(message_id=row.message_id, channel=row.channel)
        ledger.record(actor=ACTOR, at=at, event=sent)
    elif state != DeliveryState.WAITING:
        lost = NoticeNotSent(message_id=row.message_id, channel=row.channel, state=str(state))
        ledger.record(actor=ACTOR, at=at, event=lost)
