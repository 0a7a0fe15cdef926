"""What other rooms may know of people: frozen views, never rows."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from tinhso.kernel.actors import ActorRef


class ActorKind(StrEnum):
    CITIZEN = "citizen"
    OFFICER = "officer"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class PostView:
    """
    One office somebody may act from today, their own or that of a colleague they stand in for.

    :param role: a role id of ``packs/**/roles.yaml``, e.g. ``one_stop``, ``chairperson``
    :param substitute_for: the person whose post this is, when held as a substitute
    """

    id: UUID
    agency_id: UUID
    agency_name: str
    role: str
    title: str
    substitute_for: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Who asks, with everything a policy may look at.

    :param assurance: 0 not signed in, 1 or 2 the level of the electronic identity (Decree 69/2024)
    :param posts: empty for citizens
    :param on_behalf_of: persons who gave this one a mandate that is in force
    """

    kind: ActorKind
    account_id: UUID | None = None
    person_id: UUID | None = None
    full_name: str = ""
    assurance: int = 0
    posts: tuple[PostView, ...] = ()
    on_behalf_of: frozenset[UUID] = field(default_factory=frozenset)
    system_name: str = ""
    for_person_id: UUID | None = None

    @property
    def ref(self) -> ActorRef:
        """Return who this is, as the ledger keeps it."""
        identity = self.system_name or (str(self.account_id) if self.account_id else "")
        post_id = self.posts[0].id if len(self.posts) == 1 else None
        return ActorRef(kind=str(self.kind), id=identity, post_id=post_id, for_person_id=self.for_person_id)

    @property
    def is_officer(self) -> bool:
        return self.kind is ActorKind.OFFICER

    @property
    def agency_ids(self) -> frozenset[UUID]:
        """Return the agencies in which the actor holds a post."""
        return frozenset(post.agency_id for post in self.posts)

    def post_with(self, *, role: str, agency_id: UUID) -> PostView | None:
        """Return the post that gives the role in the agency, the actor's own before a substitute's."""
        held = [post for post in self.posts if post.role == role and post.agency_id == agency_id]
        return min(held, key=lambda post: post.substitute_for is not None, default=None)


def system(name: str) -> Actor:
    """Return the actor of a job or a connector."""
    return Actor(kind=ActorKind.SYSTEM, system_name=name)


ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS)
