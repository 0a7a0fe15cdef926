"""Who may write and who may publish the catalogue."""

from uuid import UUID

from django.conf import settings

from tinhso.designs import refusals
from tinhso.designs.models import Design
from tinhso.designs.roles import EDITOR, PUBLISHER
from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import Actor, PostView


def may_enter(actor: Actor) -> bool:
    """Tell whether somebody writes or publishes the catalogue anywhere."""
    return actor.is_officer and any(post.role in (EDITOR, PUBLISHER) for post in actor.posts)


def require_entering(actor: Actor) -> None:
    """:raises NotWriting: neither writes nor publishes the catalogue"""
    if not may_enter(actor):
        raise refusals.NotWriting


def require_writing(actor: Actor, *, agency_id: UUID | None = None) -> PostView:
    """Return the post one writes from, in that agency if it is named. :raises NotWriting: there is none"""
    return _post(actor, EDITOR, agency_id, refusals.NotWriting)


def require_publishing(actor: Actor, *, agency_id: UUID | None = None) -> PostView:
    """Return the post one publishes from. :raises NotPublishing: there is none"""
    return _post(actor, PUBLISHER, agency_id, refusals.NotPublishing)


def require_second(actor: Actor, *, design: Design) -> None:
    """:raises OwnProposal: two persons are wanted, and this is the one who proposed it"""
    if settings.TINHSO.designer_two_persons and design.proposed_by_id == actor.account_id:
        raise refusals.OwnProposal


def _post(actor: Actor, role: str, agency_id: UUID | None, refusal: type[NotAllowed]) -> PostView:
    held = [post for post in actor.posts if post.role == role and agency_id in (None, post.agency_id)]
    if not actor.is_officer or not held:
        raise refusal
    return min(held, key=lambda post: post.substitute_for is not None)
