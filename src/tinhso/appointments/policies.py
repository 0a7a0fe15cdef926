"""Who may do what in a hall."""

import hmac
from uuid import UUID

from tinhso.appointments.models import Hall
from tinhso.appointments.refusals import KioskKeyWrong
from tinhso.appointments.rules import rules
from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import Actor, ActorKind, PostView


def post_for(actor: Actor, *, agency_id: UUID, roles: tuple[str, ...]) -> PostView | None:
    """Return the post that gives one of the roles in the agency."""
    found = (actor.post_with(role=role, agency_id=agency_id) for role in roles)
    return next((post for post in found if post), None)


def require_set_up(*, actor: Actor, agency_id: UUID) -> None:
    """The head of the agency, or of its one-stop, lays the hall out. :raises NotAllowed: anybody else"""
    if actor.kind is ActorKind.SYSTEM:
        return
    if post_for(actor, agency_id=agency_id, roles=rules().roles.set_up) is None:
        raise NotAllowed


def require_server(*, actor: Actor, agency_id: UUID) -> PostView:
    """Return the post that serves at the counters. :raises NotAllowed: there is none"""
    post = post_for(actor, agency_id=agency_id, roles=rules().roles.serve)
    if post is None:
        raise NotAllowed
    return post


def require_kiosk(*, actor: Actor, hall: Hall, kiosk_key: str) -> None:
    """
    Whoever holds the kiosk's key, and the officers of the counters, draw numbers.

    :raises KioskKeyWrong: neither
    """
    if hmac.compare_digest(kiosk_key.encode(), hall.kiosk_key.encode()):
        return
    if post_for(actor, agency_id=hall.agency_id, roles=rules().roles.serve) is None:
        raise KioskKeyWrong


def require_booker(*, actor: Actor, agency_id: UUID, person_id: UUID) -> str:
    """
    Return the channel: the person and who acts for them book on the portal, the counter for who asks it.

    :raises NotAllowed: anybody else
    """
    if person_id in {actor.person_id, *actor.whole_principals} and actor.kind is ActorKind.CITIZEN:
        return "portal"
    require_server(actor=actor, agency_id=agency_id)
    return "counter"


def serves(actor: Actor, *, agency_id: UUID) -> bool:
    """Say whether the actor works at the counters there."""
    return post_for(actor, agency_id=agency_id, roles=rules().roles.serve) is not None


def require_some_server(actor: Actor) -> None:
    """Only who serves at some counter has one to be asked for. :raises NotAllowed: anybody else"""
    if not any(post.role in rules().roles.serve for post in actor.posts):
        raise NotAllowed


def require_own(*, actor: Actor, account_id: UUID | None) -> None:
    """Only who called a number goes on with it. :raises NotAllowed: another officer did"""
    if account_id is not None and account_id != actor.account_id:
        raise NotAllowed
