"""From which agency the officer works in the hall, and what they may do there."""

from uuid import UUID

from tinhso.appointments.rules import rules
from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import Actor


def agency_for(actor: Actor, roles: tuple[str, ...]) -> UUID:
    """Return the first agency in which the officer holds one of the roles. :raises NotAllowed: in none"""
    found = (post.agency_id for role in roles for post in actor.posts if post.role == role)
    agency_id = next(found, None)
    if agency_id is None:
        raise NotAllowed
    return agency_id


def may(actor: Actor, roles: tuple[str, ...]) -> bool:
    """Say whether the officer holds one of the roles somewhere."""
    return any(post.role in roles for post in actor.posts)


def serving(actor: Actor) -> UUID:
    """Return the agency at whose counters the officer serves. :raises NotAllowed: none"""
    return agency_for(actor, rules().roles.serve)


def laying_out(actor: Actor) -> UUID:
    """Return the agency whose hall the officer lays out. :raises NotAllowed: none"""
    return agency_for(actor, rules().roles.set_up)
