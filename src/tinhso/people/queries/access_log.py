"""«Ai đã xem dữ liệu của tôi»."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tinhso.kernel.refusals import NotFound
from tinhso.people.models import Agency, PersonAccess
from tinhso.people.types import AccessView, Actor

LIMIT = 200


def who_looked_at(
    *,
    actor: Actor,
    person_id: UUID,
    limit: int = 50,
    purpose: str = "",
    agency_id: UUID | None = None,
    before: datetime | None = None,
) -> tuple[AccessView, ...]:
    """
    Return who looked at the person's data, newest first, to that person or who acts for them.

    :param purpose: only looks of this purpose, of ``types.AccessPurpose``
    :param agency_id: only looks from this agency
    :param before: only earlier ones, for the next page
    :raises NotFound: the log is somebody else's
    """
    found = _log(actor, person_id)
    if purpose:
        found = found.filter(purpose=purpose)
    if agency_id is not None:
        found = found.filter(agency_id=agency_id)
    if before is not None:
        found = found.filter(at__lt=before)
    rows = list(found.order_by("-at", "-pk")[: min(limit, LIMIT)])
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


def agencies_that_looked(*, actor: Actor, person_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """Return the agencies whose officers looked, by name. :raises NotFound: the log is somebody else's"""
    ids = _log(actor, person_id).exclude(agency_id=None).order_by().values("agency_id").distinct()
    return tuple(Agency.objects.filter(pk__in=ids).order_by("name").values_list("pk", "name"))


def _log(actor: Actor, person_id: UUID) -> QuerySet[PersonAccess]:
    if person_id != actor.person_id and person_id not in actor.whole_principals:
        raise NotFound
    return PersonAccess.objects.filter(person_id=person_id)
