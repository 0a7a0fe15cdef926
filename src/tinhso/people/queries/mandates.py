"""Mandates as the one who gave them sees them."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tinhso.kernel.refusals import NotFound
from tinhso.people.models import Mandate
from tinhso.people.queries.actors import mandate_view
from tinhso.people.types import Actor, MandateView

WITH = ("principal", "organisation", "agent", "agent_account", "agency")


def mandates_given_by(actor: Actor, *, at: datetime) -> tuple[MandateView, ...]:
    """Return the mandates in force that the actor's own person gave."""
    if actor.person_id is None:
        return ()
    rows = Mandate.objects.in_force(at).filter(principal_id=actor.person_id)
    return tuple(map(_with_agent, rows.select_related(*WITH).order_by("pk")))


def access_mandate(mandate_id: UUID) -> MandateView:
    """Return a mandate, over or not, for whoever may see the case it was used in. :raises NotFound: absent"""
    row = Mandate.objects.select_related(*WITH).filter(pk=mandate_id).first()
    if row is None:
        raise NotFound
    return _with_agent(row)


def _with_agent(row: Mandate) -> MandateView:
    agency = row.agency.name if row.agency else ""
    return replace(mandate_view(row), agent_name=_agent_name(row), agency_name=agency)


def _agent_name(row: Mandate) -> str:
    if row.agent is not None:
        return row.agent.full_name
    return row.agent_account.full_name if row.agent_account else ""
