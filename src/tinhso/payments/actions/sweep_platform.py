"""Ask about payments at the portal's platform whose callback never came."""

from datetime import datetime

from tinhso.payments.actions.settle_platform_payment import settle_platform_payment
from tinhso.payments.models import PlatformPayment
from tinhso.payments.platform import PlatformRefused, PlatformUnreachable
from tinhso.payments.platform_rules import platform_rules
from tinhso.people.types import Actor

BATCH = 100


def sweep_platform(*, actor: Actor, at: datetime) -> int:
    """
    Ask about up to 100 payments that wait longer than the callback should take; return how many were paid.

    Who was asked about longest ago comes first; once the platform is silent the rest waits.
    """
    before = at - platform_rules().silence
    rows = PlatformPayment.objects.waiting_since(before=before).order_by("asked_at", "begun_at")
    settled = 0
    for payment in rows[:BATCH]:
        try:
            state = settle_platform_payment(actor=actor, at=at, payment_id=payment.pk)
        except PlatformRefused:
            continue
        except PlatformUnreachable:
            break
        settled += state == "paid"
    return settled
