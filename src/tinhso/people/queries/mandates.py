"""Mandates as the one who gave them sees them."""

from dataclasses import replace
from datetime import datetime

from tinhso.people.models import Mandate
from tinhso.people.queries.actors import mandate_view
from tinhso.people.types import Actor, MandateView


def mandates_given_by(actor: Actor, *, at: datetime) -> tuple[MandateView, ...]:
    """Return the mandates in force that the actor's own person gave."""
    if actor.person_id is None:
        return ()
    rows = Mandate.objects.in_force(at).filter(principal_id=actor.person_id)
    related = rows.select_related("principal", "organisation", "agent", "agent_account").order_by("pk")
    return tuple(replace(mandate_view(row), agent_name=_agent_name(row)) for row in related)


def _agent_name(row: Mandate) -> str:
    if row.agent is not None:
        return row.agent.full_name
    return row.agent_account.full_name if row.agent_account else ""
