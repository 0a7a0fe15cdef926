"""Who may work on what comes from the national portal."""

from uuid import UUID

from tinhso.dossiers.models.dossier import OVERSIGHT
from tinhso.dossiers.refusals import OwnCase
from tinhso.exchange.models import COUNTER, PROVINCE_DIGITS
from tinhso.kernel.refusals import NotAllowed
from tinhso.people import queries as people
from tinhso.people.types import Actor, PostView


def require_counter(actor: Actor, *, agency_id: UUID | None) -> PostView:
    """
    Return the post of the one-stop that deals with it; what belongs to nobody yet is a province's agency's.

    :raises NotAllowed: the actor has no such post
    """
    counters = [post for post in actor.posts if post.role == COUNTER] if actor.is_officer else []
    for post in counters:
        if post.agency_id == agency_id or (agency_id is None and len(post.unit_code) == PROVINCE_DIGITS):
            return post
    raise NotAllowed


def require_reader(actor: Actor) -> None:
    """:raises NotAllowed: what arrives is for counters and for who oversees the province"""
    roles = {post.role for post in actor.posts}
    if not actor.is_officer or not roles & {COUNTER, OVERSIGHT[0]}:
        raise NotAllowed


def require_officer(actor: Actor) -> None:
    """:raises NotAllowed: how agencies stand with the portal is told to officers"""
    if not actor.is_officer or not actor.posts:
        raise NotAllowed


def require_not_own(actor: Actor, *, personal_id: str) -> None:
    """:raises OwnCase: nobody decides what they filed themselves"""
    if actor.person_id is None or not personal_id:
        return
    if people.person(actor.person_id).personal_id == personal_id:
        raise OwnCase


def may_work(actor: Actor, *, agency_id: UUID | None) -> bool:
    """Tell whether a page should offer to decide."""
    try:
        require_counter(actor, agency_id=agency_id)
    except NotAllowed:
        return False
    return True
