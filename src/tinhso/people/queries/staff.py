"""Who holds which post in an agency, and who stands in for whom."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tinhso.definitions.packs import packs_folder
from tinhso.definitions.roles import load_roles
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.people import policies
from tinhso.people.models import Post, Substitution
from tinhso.people.types import Actor, StaffPost, SubstitutionView


def staff(*, actor: Actor, agency_id: UUID, at: datetime) -> tuple[StaffPost, ...]:
    """
    Return the posts of the agency that are held or are to be, by role and name; three queries.

    :raises NotAllowed: the actor is neither an officer of the agency nor an operator
    """
    policies.require_colleague(actor, agency_id=agency_id)
    return _told(_standing(at).filter(agency_id=agency_id), actor=actor, at=at)


def own_posts(*, actor: Actor, at: datetime) -> tuple[StaffPost, ...]:
    """Return the actor's own posts, held or to come, with who stands in for them."""
    return _told(_standing(at).filter(account_id=actor.signed_in_as), actor=actor, at=at)


def access_post(*, actor: Actor, post_id: UUID, at: datetime) -> StaffPost:
    """Return the post. :raises NotFound: absent, over, or of an agency the actor has no part in"""
    found = _told(_standing(at).filter(pk=post_id), actor=actor, at=at)
    if not found:
        raise NotFound
    try:
        policies.require_colleague(actor, agency_id=found[0].agency_id)
    except NotAllowed:
        raise NotFound from None
    return found[0]


def standing_in(*, actor: Actor, at: datetime) -> tuple[SubstitutionView, ...]:
    """Return the absences in which the actor stands in for somebody, running or to come."""
    rows = _absences(at).filter(substitute_id=actor.signed_in_as)
    return tuple(_absence(row) for row in rows)


def _standing(at: datetime) -> QuerySet[Post]:
    day = local(at).date()
    rows = Post.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))
    rows = rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at), agency__is_open=True)
    return rows.select_related("account", "agency").order_by("role", "account__full_name", "pk")


def _absences(at: datetime) -> QuerySet[Substitution]:
    day = local(at).date()
    rows = Substitution.objects.filter(
        Q(post__until_on__isnull=True) | Q(post__until_on__gte=day),
        Q(post__ended_at__isnull=True) | Q(post__ended_at__gt=at),
        until_at__gt=at,
        post__agency__is_open=True,
    )
    return rows.select_related("post__agency", "post__account", "substitute").order_by("from_at", "pk")


def _told(posts: Iterable[Post], *, actor: Actor, at: datetime) -> tuple[StaffPost, ...]:
    rows = list(posts)
    absences: dict[UUID, list[SubstitutionView]] = defaultdict(list)
    for absence in _absences(at).filter(post__in=[row.pk for row in rows]) if rows else ():
        absences[absence.post_id].append(_absence(absence))
    given_by = {role.id: role.appointed_by for role in load_roles(packs_folder())}
    return tuple(_post(row, tuple(absences[row.pk]), actor, given_by.get(row.role, "")) for row in rows)


def _post(row: Post, absences: tuple[SubstitutionView, ...], actor: Actor, given_by: str) -> StaffPost:
    return StaffPost(
        id=row.pk,
        account_id=row.account_id,
        username=row.account.username,
        full_name=row.account.get_full_name(),
        agency_id=row.agency_id,
        agency_name=row.agency.name,
        role=row.role,
        title=row.title,
        from_on=row.from_on,
        until_on=row.until_on,
        substitutions=absences,
        may_end=_may(policies.require_giving, actor, agency_id=row.agency_id, appointed_by=given_by),
        may_substitute=_may(policies.require_substituting, actor, post_id=row.pk, agency_id=row.agency_id),
    )


def _may(rule: Callable[..., None], actor: Actor, **about: object) -> bool:
    try:
        rule(actor, **about)
    except NotAllowed:
        return False
    return True


def _absence(row: Substitution) -> SubstitutionView:
    return SubstitutionView(
        id=row.pk,
        post_id=row.post_id,
        post_title=row.post.title,
        role=row.post.role,
        agency_name=row.post.agency.name,
        holder_id=row.post.account_id,
        holder_name=row.post.account.get_full_name(),
        substitute_id=row.substitute_id,
        substitute_name=row.substitute.get_full_name(),
        from_at=row.from_at,
        until_at=row.until_at,
        reason=row.reason,
    )
