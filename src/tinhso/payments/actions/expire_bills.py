"""Let bills lapse that nobody paid."""

from datetime import datetime

from django.db import transaction

from tinhso.payments import booking
from tinhso.payments.models import Bill
from tinhso.payments.policies import rules
from tinhso.people.types import Actor

BATCH = 200


@transaction.atomic
def expire_bills(*, actor: Actor, at: datetime) -> int:
    """Expire up to 200 open bills whose time and grace are over; return how many. Busy ones wait."""
    before = at - rules().grace
    locked = Bill.objects.lapsed(before=before).select_for_update(skip_locked=True)
    lapsed = list(locked.order_by("expires_at")[:BATCH])

    for bill in lapsed:
        booking.expire(actor=actor, at=at, bill=bill)
    return len(lapsed)
