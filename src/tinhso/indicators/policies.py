"""Who may publish figures and enter values."""

from tinhso.dossiers.models.dossier import OVERSIGHT
from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import Actor, ActorKind


def require_publisher(actor: Actor) -> None:
    """:raises NotAllowed: neither the system nor who watches over the whole province"""
    if actor.kind is ActorKind.SYSTEM:
        return
    if not actor.is_officer or all((post.role, post.agency_kind) != OVERSIGHT for post in actor.posts):
        raise NotAllowed
