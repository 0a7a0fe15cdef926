"""Who may do what to accounts, posts and mandates."""

from uuid import UUID

from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import Actor, ActorKind

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


def require_substituting(actor: Actor, *, post_id: UUID, agency_id: UUID) -> None:
    """
    The holder of the post, the head of its agency, a system operator or the system.

    One who only stands in for the post may not hand it on.

    :raises NotAllowed: anybody else asks
    """
    if actor.kind is ActorKind.SYSTEM:
        return
    own = [post for post in actor.posts if post.substitute_for is None]
    is_holder = any(post.id == post_id for post in own)
    is_head = any(post.role in HEADS and post.agency_id == agency_id for post in own)
    is_operator = any(post.role == "system_operator" for post in own)
    if not (is_holder or is_head or is_operator):
        raise NotAllowed


def require_counter(actor: Actor, *, agency_id: UUID) -> None:
    """An officer of the one-stop counter of the agency. :raises NotAllowed: anybody else asks"""
    if actor.post_with(role="one_stop", agency_id=agency_id) is None:
        raise NotAllowed


def require_self(actor: Actor, *, person_id: UUID) -> None:
    """The person in their own name. :raises NotAllowed: anybody else asks"""
    if actor.kind is not ActorKind.CITIZEN or actor.person_id != person_id or actor.for_person_id:
        raise NotAllowed
