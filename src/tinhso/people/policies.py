"""Who may do what to accounts, posts and mandates."""

from uuid import UUID

from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import HELPER, Actor, ActorKind

HEADS = frozenset({"chairperson", "leader"})


def require_system(actor: Actor) -> None:
    """Only the system itself. :raises NotAllowed: anybody else asks"""
    if actor.kind is not ActorKind.SYSTEM:
        raise NotAllowed


def require_operator(actor: Actor) -> None:
    """The system, or a system operator. :raises NotAllowed: anybody else asks"""
    if actor.kind is ActorKind.SYSTEM:
        return
    if not any(post.role == "system_operator" for post in actor.posts):
        raise NotAllowed


def is_head(actor: Actor, *, agency_id: UUID) -> bool:
    """Say whether the actor heads the agency themselves, and does not only stand in for its head."""
    return any(
        post.role in HEADS and post.agency_id == agency_id and post.substitute_for is None
        for post in actor.posts
    )


def is_operator(actor: Actor) -> bool:
    """Say whether the actor runs the system."""
    own = [post for post in actor.posts if post.substitute_for is None]
    return actor.kind is ActorKind.SYSTEM or any(post.role == "system_operator" for post in own)


def require_giving(actor: Actor, *, agency_id: UUID, appointed_by: str) -> None:
    """
    Who gives and ends a post: a system operator any, the head of an agency those the packs let it give.

    :raises NotAllowed: anybody else asks
    """
    if is_operator(actor):
        return
    if appointed_by != "agency" or not is_head(actor, agency_id=agency_id):
        raise NotAllowed


def require_colleague(actor: Actor, *, agency_id: UUID) -> None:
    """An officer of the agency, or a system operator. :raises NotAllowed: anybody else asks"""
    if not is_operator(actor) and agency_id not in actor.agency_ids:
        raise NotAllowed


def require_substituting(actor: Actor, *, post_id: UUID, agency_id: UUID) -> None:
    """
    The holder of the post, the head of its agency, a system operator or the system.

    One who only stands in for the post may not hand it on.

    :raises NotAllowed: anybody else asks
    """
    if actor.kind is ActorKind.SYSTEM:
        return
    is_holder = any(post.id == post_id for post in actor.posts if post.substitute_for is None)
    if not (is_holder or is_head(actor, agency_id=agency_id) or is_operator(actor)):
        raise NotAllowed


def require_counter(actor: Actor, *, agency_id: UUID) -> None:
    """An officer of the one-stop counter of the agency. :raises NotAllowed: anybody else asks"""
    if actor.post_with(role="one_stop", agency_id=agency_id) is None:
        raise NotAllowed


def require_helper(actor: Actor, *, agency_id: UUID) -> None:
    """A member of a community team of the agency's unit. :raises NotAllowed: anybody else asks"""
    if actor.post_with(role=HELPER, agency_id=agency_id) is None:
        raise NotAllowed


def require_meeting(actor: Actor, *, agency_id: UUID) -> None:
    """Who meets people face to face for the agency: its counter, its helpers. :raises NotAllowed: others"""
    if not any(actor.post_with(role=role, agency_id=agency_id) for role in ("one_stop", HELPER)):
        raise NotAllowed


def require_another(actor: Actor, *, person_id: UUID) -> None:
    """Nobody writes down a right of their own. :raises NotAllowed: the person is the actor"""
    if actor.person_id == person_id:
        raise NotAllowed


def require_self(actor: Actor, *, person_id: UUID) -> None:
    """The person in their own name. :raises NotAllowed: anybody else asks"""
    if actor.kind is not ActorKind.CITIZEN or actor.person_id != person_id or actor.for_person_id:
        raise NotAllowed
