"""«Ai đã xem dữ liệu của tôi»."""

from uuid import UUID

from tinhso.kernel.refusals import NotFound
from tinhso.people.models import Agency, PersonAccess
from tinhso.people.types import AccessView, Actor

LIMIT = 200


def who_looked_at(*, actor: Actor, person_id: UUID, limit: int = 50) -> tuple[AccessView, ...]:
    """
    Return who looked at the person's data, newest first, to that person or who acts for them.

    :raises NotFound: the log is somebody else's
    """
    if person_id != actor.person_id and person_id not in actor.whole_principals:
        raise NotFound
    rows = list(PersonAccess.objects.filter(person_id=person_id).order_by("-at", "-pk")[: min(limit, LIMIT)])
    names = dict(
        Agency.objects.filter(pk__in={row.agency_id for row in rows if row.agency_id}).values_list(
            "pk", "name"
        )
    )
    return tuple(
        AccessView(
            at=row.at,
            actor_kind=row.actor_kind,
            actor_name=row.actor_name,
            post_title=row.post_title,
            agency_name=names.get(row.agency_id, "") if row.agency_id else "",
            purpose=row.purpose,
            reason=row.reason,
            subject_id=row.subject_id,
        )
        for row in rows
    )
