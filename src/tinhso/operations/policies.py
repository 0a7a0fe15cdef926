"""Who sees the room, and who may act on its alerts."""

from uuid import UUID

from tinhso.dossiers.models.dossier import oversees
from tinhso.kernel.refusals import NotAllowed
from tinhso.operations.reading import board
from tinhso.people.types import Actor, ActorKind


def sees_room(actor: Actor) -> bool:
    """Tell whether the actor sees more than the public: officers with a post; helpers have none here."""
    return actor.kind is ActorKind.SYSTEM or (actor.is_officer and bool(actor.posts))


def require_room(actor: Actor) -> None:
    """:raises NotAllowed: the actor is no officer with a post"""
    if not sees_room(actor):
        raise NotAllowed


def may_act(actor: Actor, *, rule_id: str, agency_id: UUID) -> bool:
    """Tell whether the actor may take note of an alert: was told of it, or oversees the province."""
    rule = next((one for one in board().alerts if one.id == rule_id), None)
    roles = rule.tell if rule else ()
    told = any(post.role in roles and post.agency_id == agency_id for post in actor.posts)
    return actor.is_officer and (told or oversees(actor))


def require_acting(actor: Actor, *, rule_id: str, agency_id: UUID) -> Actor:
    """Return the actor as acting from the post that gives the right. :raises NotAllowed: none does"""
    if not may_act(actor, rule_id=rule_id, agency_id=agency_id):
        raise NotAllowed
    post = next((one for one in actor.posts if one.agency_id == agency_id), actor.posts[0])
    return actor.acting_from(post)
