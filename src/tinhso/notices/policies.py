"""Who may do what with notices."""

from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import Actor, ActorKind

OPERATOR = "system_operator"


def require_operator(actor: Actor) -> None:
    """Let the system and who operates it look after deliveries. :raises NotAllowed: neither"""
    if actor.kind is ActorKind.SYSTEM or any(post.role == OPERATOR for post in actor.posts):
        return
    raise NotAllowed
