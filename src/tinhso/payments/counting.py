"""How many messages of a day ended how: all that a refused one leaves, so a flood fills no table."""

from datetime import datetime

from django.db.models import F

from tinhso.kernel.clock import local
from tinhso.payments.models import CallbackCount


def count_message(*, at: datetime, outcome: str) -> None:
    """Count one message under its outcome."""
    day = local(at).date()
    CallbackCount.objects.bulk_create(
        [CallbackCount(day=day, outcome=outcome[:40], count=0)], ignore_conflicts=True
    )
    CallbackCount.objects.filter(day=day, outcome=outcome[:40]).update(count=F("count") + 1)
