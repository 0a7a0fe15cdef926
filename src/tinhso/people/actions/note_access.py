"""Keep who looked at whose data, and why."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from tinhso.kernel.ids import new_id
from tinhso.people.models import PersonAccess
from tinhso.people.types import AccessPurpose, Actor


def note_access(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    purpose: AccessPurpose | str,
    subject_id: UUID | None = None,
    agency_id: UUID | None = None,
    reason: str = "",
) -> None:
    """
    Note that the actor saw the person's data; looking at oneself is not noted.

    :param purpose: why, of :class:`AccessPurpose`
    :param subject_id: the dossier, paper … in whose course it happened
    :param reason: what the person came for, in words they will read
    :param agency_id: the agency the officer acted in, when they have several
    :raises ValueError: the purpose is none of the list
    """
    if actor.person_id == person_id and not actor.is_officer:
        return
    own = [post for post in actor.posts if agency_id is None or post.agency_id == agency_id]
    post = own[0] if own else None
    PersonAccess.objects.create(
        at=at,
        person_id=person_id,
        actor_kind=actor.kind.value,
        actor_id=actor.ref.id,
        actor_name=actor.full_name,
        post_title=post.title if post else "",
        agency_id=post.agency_id if post else agency_id,
        purpose=AccessPurpose(purpose).value,
        subject_id=subject_id,
        reason=reason[:240],
    )


_MANY = """
COPY people_access (
    id, at, person_id, actor_kind, actor_id, actor_name, post_title, agency_id, purpose, reason, subject_id
) FROM STDIN
"""


@transaction.atomic
def note_accesses(
    *,
    actor: Actor,
    at: datetime,
    purpose: AccessPurpose,
    looks: Iterable[tuple[UUID, UUID | None, str]],
) -> None:
    """
    Note many looks at once, in memory that does not grow with them.

    :param looks: the person, the dossier in whose course it happened if any, its words for
        :func:`note_access`
    """
    post = actor.posts[0] if actor.posts else None
    who = (actor.kind.value, actor.ref.id, actor.full_name, post.title if post else "")
    agency_id = post.agency_id if post else None
    with connection.cursor() as cursor, cursor.copy(_MANY) as copy:
        for person_id, subject_id, reason in looks:
            copy.write_row((new_id(), at, person_id, *who, agency_id, purpose.value, reason, subject_id))
