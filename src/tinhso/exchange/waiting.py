"""What has waited its time."""

from datetime import datetime, timedelta

from django.db.models import Q

from tinhso.exchange.models import Dispatch, DispatchState, Envelope, EnvelopeState
from tinhso.exchange.types import OF_ORGANISATIONS

# A job that was asked for is given so long before the sweep takes its work up.
PATIENCE = timedelta(minutes=2)
MOST = 200


def envelopes_due(*, at: datetime) -> tuple[str, ...]:
    """Return the envelopes to look into again, oldest first."""
    due = Q(state__in=(EnvelopeState.RETRYING, EnvelopeState.WAITING_ORIGINAL), next_at__lte=at)
    left = Q(state=EnvelopeState.RECEIVED, received_at__lte=at - PATIENCE)
    rows = Envelope.objects.filter(due | left).order_by("received_at")
    return tuple(str(pk) for pk in rows.values_list("pk", flat=True)[:MOST])


def waiting_for_organisation(tax_code: str) -> tuple[str, ...]:
    """Return the envelopes a human has for want of this organisation, or of who represents it."""
    if not tax_code:
        return ()
    theirs = Q(payload__DinhDanhCHS__SoDinhDanh=tax_code) | Q(payload__MaDoiTuong=tax_code)
    rows = Envelope.objects.filter(theirs, state=EnvelopeState.NEEDS_HUMAN).order_by("received_at")
    kept = rows.values_list("pk", "troubles")[:MOST]
    return tuple(str(pk) for pk, troubles in kept if any(one["why"] in OF_ORGANISATIONS for one in troubles))


def codes_due(*, at: datetime) -> tuple[str, ...]:
    """Return the dossiers of which the portal is still to be told something now."""
    rows = Dispatch.objects.filter(state=DispatchState.PENDING, next_at__lte=at)
    return tuple(rows.order_by("code").values_list("code", flat=True).distinct()[:MOST])
