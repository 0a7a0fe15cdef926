"""Mandates as the one who gave them sees them."""

from datetime import datetime

from tinhso.people.models import Mandate
from tinhso.people.queries.actors import mandate_view
from tinhso.people.types import Actor, MandateView


def mandates_given_by(actor: Actor, *, at: datetime) -> tuple[MandateView, ...]:
    """Return the mandates in force that the actor's own person gave."""
    if actor.person_id is None:
        return ()
    rows = Mandate.objects.in_force(at).filter(principal_id=actor.person_id)
    return tuple(mandate_view(row) for row in rows.select_related("principal", "organisation").order_by("pk"))
