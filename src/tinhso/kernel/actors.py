"""What the kernel needs to know of who acts: enough to write it down."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ActorRef:
    """
    Who acted, as the ledger keeps it.

    :param kind: ``citizen``, ``officer``, ``system`` or ``anonymous``
    :param id: the account's UUID, or the name of the system part; empty for ``anonymous``
    :param post_id: the post an officer acted from
    :param for_person_id: the person on whose behalf a mandate let them act
    """

    kind: str
    id: str
    post_id: UUID | None = None
    for_person_id: UUID | None = None


class LedgerActor(Protocol):
    """Anything that can sign an entry in the ledger."""

    @property
    def ref(self) -> ActorRef: ...
