"""From an account to an actor: what it may act as at a moment."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.people.models import Account, Mandate, Post, Substitution
from tinhso.people.queries.powers import account_with_person, powers_of
from tinhso.people.types import Actor, ActorKind, MandateView, OfficerView, PostView


class MandateMissing(NotAllowed):
    """Nobody acts for another without a mandate in force."""

    code = "mandate-missing"
    message = _(
        "Bạn không có quyền thay mặt người này, hoặc quyền đó đã hết hạn hay bị thu hồi. "
        "Hãy làm bằng tên của mình, hoặc đề nghị người đó ủy quyền lại."
    )


def actor_of(
    account_id: UUID,
    *,
    at: datetime,
    for_person_id: UUID | None = None,
    assurance: int = 1,
    loaded: Account | None = None,
) -> Actor:
    """
    Return who the account is at the moment: posts, substitutions and mandates in force.

    :param assurance: level proved at sign-in, from the session; 1 unless something proved 2
    :param for_person_id: the person to act for
    :param loaded: the account, when this request has read it already
    :raises NotFound: there is no such account, or it is closed
    :raises MandateMissing: nobody gave a mandate in force for ``for_person_id``
    """
    account = loaded or account_with_person(account_id)
    if account is None or not account.is_active:
        raise NotFound
    posts, mandates = powers_of(account, at=at)
    on_behalf_of = frozenset(m.principal_person_id for m in mandates if m.principal_person_id)
    if for_person_id is not None and for_person_id not in on_behalf_of:
        raise MandateMissing
    return Actor(
        kind=ActorKind(account.kind),
        account_id=account.pk,
        person_id=account.person_id,
        full_name=account.full_name or (account.person.full_name if account.person else ""),
        assurance=assurance,
        posts=posts,
        on_behalf_of=on_behalf_of,
        for_person_id=for_person_id,
        mandates=mandates,
        language=account.language,
    )


class OfficerMissing(NotFound):
    code = "officer-missing"
    message = _("Không có cán bộ nào dùng tên đăng nhập «%(username)s». Hãy kiểm tra lại tên.")


def officer_by_username(username: str) -> UUID:
    """Return the account of an officer. For operators and set-up. :raises OfficerMissing: there is none"""
    account = Account.objects.filter(username=username, kind=ActorKind.OFFICER).first()
    if account is None:
        raise OfficerMissing(username=username)
    return account.pk


def officer_names(account_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return officers' names by account, in one query: colleagues know each other's, whoever asks."""
    rows = Account.objects.filter(pk__in=account_ids, kind=ActorKind.OFFICER)
    return dict(rows.values_list("pk", "full_name"))


def work_email(actor: Actor) -> str:
    """
    Return where the officer is told of work besides the desk; empty for nowhere.

    :raises NotAllowed: nobody is signed in
    """
    found = Account.objects.filter(pk=actor.signed_in_as, kind=ActorKind.OFFICER)
    return found.values_list("email", flat=True).first() or ""


def officers_with(*, role: str, agency_id: UUID, at: datetime) -> tuple[OfficerView, ...]:
    """Return the open accounts that may act in the role at the moment, holders before substitutes."""
    return _officers(at, role=role, agency_id=agency_id)


def officers_in(
    *, roles: Collection[str], agency_kinds: Collection[str], at: datetime
) -> tuple[OfficerView, ...]:
    """
    Return the open accounts that may act in one of the roles at the moment, in agencies of these kinds.

    :param agency_kinds: empty for every kind
    """
    kinds = {"agency__kind__in": list(agency_kinds)} if agency_kinds else {}
    return _officers(at, role__in=list(roles), **kinds)


def _officers(at: datetime, **held: object) -> tuple[OfficerView, ...]:
    """:param held: what is asked of the post"""
    own = (
        Post.objects.in_force(at).filter(**held, account__is_active=True).select_related("agency", "account")
    )
    of_post = {f"post__{name}": value for name, value in held.items()}
    lent = (
        Substitution.objects.in_force(at)
        .filter(**of_post, substitute__is_active=True)
        .select_related("post__agency", "post__account", "substitute")
    )
    return (
        *(
            OfficerView(p.account_id, p.account.full_name, _post_view(p), p.account.person_id)
            for p in own.order_by("from_on", "pk")
        ),
        *(
            OfficerView(
                s.substitute_id, s.substitute.full_name, _post_view(s.post, lent=True), s.substitute.person_id
            )
            for s in lent.order_by("from_at", "pk")
        ),
    )


def _post_view(post: Post, *, lent: bool = False) -> PostView:
    return PostView(
        id=post.pk,
        agency_id=post.agency_id,
        agency_name=post.agency.name,
        role=post.role,
        title=post.title,
        substitute_for=post.account_id if lent else None,
        substitute_for_name=post.account.full_name if lent else "",
        unit_code=post.agency.unit_code,
        agency_kind=post.agency.kind,
    )


def mandate_in_force(
    *,
    actor: Actor,
    at: datetime,
    procedure_code: str,
    kinds: tuple[str, ...],
    person_id: UUID | None = None,
    organisation_id: UUID | None = None,
    agent_person_id: UUID | None = None,
) -> UUID:
    """
    Return the mandate by which the actor may act in the procedure for the person or the organisation now.

    :param agent_person_id: whose mandate is meant, when the actor only assists the one who holds it
    :raises MandateMissing: there is none of the kinds that reaches the procedure
    """
    held_by = Q(agent_account_id=actor.account_id)
    if actor.kind is ActorKind.CITIZEN and actor.person_id is not None:
        held_by |= Q(agent_id=actor.person_id)
    if agent_person_id is not None:
        held_by = Q(agent_id=agent_person_id)
    rows = Mandate.objects.in_force(at).filter(held_by, kind__in=kinds)
    principal = {"organisation_id": organisation_id} if organisation_id else {"principal_id": person_id}
    for row in rows.filter(**principal).select_related("principal", "organisation").order_by("pk"):
        if mandate_view(row).covers(procedure_code):
            return row.pk
    raise MandateMissing


def mandate_view(row: Mandate) -> MandateView:
    """Return the view of a mandate whose principal is loaded."""
    name = row.principal.full_name if row.principal else row.organisation.name if row.organisation else ""
    return MandateView(
        id=row.pk,
        kind=row.kind,
        principal_person_id=row.principal_id,
        principal_organisation_id=row.organisation_id,
        principal_name=name,
        scope=tuple(row.scope),
        until_at=row.until_at,
        way=row.way,
        given_at=row.given_at,
        proof_id=row.proof_id,
    )
