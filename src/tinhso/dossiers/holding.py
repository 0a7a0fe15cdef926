"""Who has which open steps in hand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from tinhso.dossiers.models import Draft, StepRun
from tinhso.dossiers.models.dossier import Channel
from tinhso.people import policies
from tinhso.people.models import Post, Substitution
from tinhso.people.types import Actor

COUNTER = "one_stop"


@dataclass(frozen=True, slots=True)
class InHand:
    """
    What an officer has in hand from one post.

    :param forms: begun at the counter and not filed
    """

    steps: int
    forms: int


def in_hand(*, actor: Actor, account_id: UUID, agency_id: UUID, role: str) -> InHand:
    """Count it. :raises NotAllowed: the actor is neither an officer of the agency nor an operator"""
    policies.require_colleague(actor, agency_id=agency_id)
    return InHand(
        steps=held(account_id=account_id, agency_id=agency_id, role=role).count(),
        forms=forms_of(account_id, agency_id=agency_id, role=role).count(),
    )


def steps_by_holder(*, actor: Actor, agency_id: UUID) -> dict[tuple[UUID, str], int]:
    """
    Return how many open steps of the agency each holder has, by account and role; one query.

    :raises NotAllowed: the actor is neither an officer of the agency nor an operator
    """
    policies.require_colleague(actor, agency_id=agency_id)
    rows = StepRun.objects.filter(agency_id=agency_id, closed_at__isnull=True, holder__isnull=False)
    counted = rows.order_by().values("holder_id", "role").annotate(count=Count("pk"))
    return {(row["holder_id"], row["role"]): row["count"] for row in counted}


def held(*, account_id: UUID, agency_id: UUID, role: str) -> QuerySet[StepRun]:
    """Return the open steps the account has in hand from such a post."""
    return StepRun.objects.filter(
        holder_id=account_id, agency_id=agency_id, role=role, closed_at__isnull=True
    )


def forms_of(account_id: UUID, *, agency_id: UUID, role: str) -> QuerySet[Draft]:
    """Return the forms the account began at the counter and did not file; other roles have none."""
    if role != COUNTER:
        return Draft.objects.none()
    drafts = Draft.objects.unfiled().filter(account_id=account_id)
    return drafts.filter(channel__in=(Channel.COUNTER, Channel.POST), receiving_agency_id=agency_id)


def orphaned(
    at: datetime, *, account_id: UUID | None = None, agency_id: UUID | None = None
) -> QuerySet[StepRun]:
    """Return the open steps whose holder has no post in force, own or lent, that lets them act there."""
    own = Post.objects.in_force(at).filter(
        account_id=OuterRef("holder_id"),
        account__is_active=True,
        agency_id=OuterRef("agency_id"),
        role=OuterRef("role"),
    )
    lent = Substitution.objects.in_force(at).filter(
        substitute_id=OuterRef("holder_id"),
        substitute__is_active=True,
        post__agency_id=OuterRef("agency_id"),
        post__role=OuterRef("role"),
    )
    runs = StepRun.objects.filter(closed_at__isnull=True, holder__isnull=False)
    if account_id is not None:
        runs = runs.filter(holder_id=account_id)
    if agency_id is not None:
        runs = runs.filter(agency_id=agency_id)
    return runs.filter(~Exists(own), ~Exists(lent))
