"""Forget old messages of the bank."""

from datetime import datetime

from tinhso.payments.models import CallbackNonce
from tinhso.payments.policies import rules


def sweep_nonces(*, at: datetime) -> int:
    """Forget messages that are too old to be replayed; return how many."""
    too_old = at - 2 * rules().callback_window
    return CallbackNonce.objects.filter(seen_at__lt=too_old).delete()[0]
