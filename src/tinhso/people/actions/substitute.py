"""Absences: naming somebody who acts from a colleague's post."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict, Invalid, NotFound
from tinhso.kernel.text import normalise
from tinhso.people import policies
from tinhso.people.events import SubstituteNamed, SubstitutionEnded
from tinhso.people.models import Account, AccountKind, Post, Substitution
from tinhso.people.types import Actor


class SubstitutedAlready(Conflict):
    code = "substituted-already"
    message = _(
        "Trong thời gian này đã có người làm thay vị trí đó. "
        "Hãy kết thúc lần làm thay kia trước, hoặc đổi thời gian."
    )


class SubstitutionMalformed(Invalid):
    code = "substitution-malformed"
    message = _(
        "Thời gian làm thay phải kết thúc sau khi bắt đầu và sau lúc này, có lý do, "
        "và do một người khác làm. Hãy sửa lại."
    )


@transaction.atomic
def substitute(
    *,
    actor: Actor,
    at: datetime,
    post_id: UUID,
    substitute_account_id: UUID,
    from_at: datetime,
    until_at: datetime,
    reason: str,
) -> UUID:
    """
    Let another officer act from the post between two moments; return the substitution's id.

    :raises NotAllowed: the actor is neither the holder, the agency's head, an operator nor the system
    :raises NotFound: there is no such post or open officer's account
    :raises SubstitutedAlready: somebody stands in for the post then
    """
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    if post is None:
        raise NotFound

    policies.require_substituting(actor, post_id=post_id, agency_id=post.agency_id)

    officers = Account.objects.filter(kind=AccountKind.OFFICER, is_active=True)
    if not officers.filter(pk=substitute_account_id).exists():
        raise NotFound
    too_late = until_at <= from_at or until_at <= at
    if too_late or not reason.strip() or substitute_account_id == post.account_id:
        raise SubstitutionMalformed
    if post.substitutions.filter(from_at__lt=until_at, until_at__gt=from_at).exists():
        raise SubstitutedAlready

    row = Substitution.objects.create(
        post=post,
        substitute_id=substitute_account_id,
        from_at=from_at,
        until_at=until_at,
        reason=normalise(reason)[:240],
    )

    ledger.record(
        actor=actor,
        at=at,
        event=SubstituteNamed(
            post_id=post.pk,
            substitution_id=row.pk,
            substitute_account_id=substitute_account_id,
            from_at=from_at,
            until_at=until_at,
        ),
    )
    return row.pk


@transaction.atomic
def end_substitution(*, actor: Actor, at: datetime, substitution_id: UUID) -> None:
    """
    End a substitution now; one that has not begun never will.

    :raises NotAllowed: as for :func:`substitute`
    :raises NotFound: there is none, or it is over
    """
    row = Substitution.objects.select_for_update().filter(pk=substitution_id, until_at__gt=at).first()
    if row is None:
        raise NotFound

    post = Post.objects.get(pk=row.post_id)
    policies.require_substituting(actor, post_id=post.pk, agency_id=post.agency_id)

    row.until_at = max(at, row.from_at)
    row.save(update_fields=["until_at"])

    ledger.record(
        actor=actor,
        at=at,
        event=SubstitutionEnded(
            post_id=post.pk,
            substitution_id=row.pk,
            substitute_account_id=row.substitute_id,
            until_at=row.until_at,
        ),
    )
