"""Appointments."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions.packs import packs_folder
from tinhso.definitions.roles import load_roles
from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Conflict, Invalid, NotFound
from tinhso.people import policies
from tinhso.people.events import Appointed, PostEnded
from tinhso.people.models import Account, AccountKind, Agency, Post
from tinhso.people.types import Actor


class PostHeldAlready(Conflict):
    code = "post-held-already"
    message = _("Người này đã giữ vai trò đó ở cơ quan này trong thời gian đã chọn. Hãy xem lại ngày.")


class RoleUnknown(Invalid):
    code = "role-unknown"
    message = _("Không có vai trò «%(role)s». Các vai trò nằm trong packs/vietnam/roles.yaml.")


class PostEndsBeforeItBegins(Invalid):
    code = "post-ends-before-it-begins"
    message = _("Ngày kết thúc phải từ ngày bắt đầu trở đi. Hãy sửa lại ngày.")


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    at: datetime,
    account_id: UUID,
    agency_id: UUID,
    role: str,
    title: str,
    from_on: date | None = None,
    until_on: date | None = None,
) -> UUID:
    """
    Give an officer a role in an agency and return the id of the post.

    :param from_on: first day, today by default; ``until_on``: last day, both included
    :raises NotAllowed: the actor is neither the system nor a system operator
    :raises NotFound: there is no such open officer's account or agency
    :raises RoleUnknown: the packs have no such role
    :raises PostHeldAlready: the officer has the role there on one of these days
    """
    locks.hold(f"people.posts:{account_id}")
    begins = from_on or local(at).date()

    policies.require_operator(actor)

    if role not in {known.id for known in load_roles(packs_folder())}:
        raise RoleUnknown(role=role)
    if until_on is not None and until_on < begins:
        raise PostEndsBeforeItBegins
    if not Account.objects.filter(pk=account_id, kind=AccountKind.OFFICER, is_active=True).exists():
        raise NotFound
    if not Agency.objects.filter(pk=agency_id, is_open=True).exists():
        raise NotFound
    same = Post.objects.filter(account_id=account_id, agency_id=agency_id, role=role)
    if same.meeting(begins, until_on).exists():
        raise PostHeldAlready

    post = Post.objects.create(
        account_id=account_id,
        agency_id=agency_id,
        role=role,
        title=title,
        from_on=begins,
        until_on=until_on,
    )

    ledger.record(
        actor=actor,
        at=at,
        event=Appointed(
            post_id=post.pk,
            account_id=account_id,
            agency_id=agency_id,
            role=role,
            from_on=begins,
            until_on=until_on,
        ),
    )
    return post.pk


@transaction.atomic
def end_post(*, actor: Actor, at: datetime, post_id: UUID, until_on: date | None = None) -> None:
    """
    End a post: at once, or after the last day given.

    :raises NotAllowed: the actor is neither the system nor a system operator
    :raises NotFound: there is no such post, or it has ended
    :raises PostEndsBeforeItBegins: as it says
    """
    post = Post.objects.select_for_update().filter(pk=post_id, ended_at__isnull=True).first()
    if post is None:
        raise NotFound

    policies.require_operator(actor)

    if until_on is not None and until_on < post.from_on:
        raise PostEndsBeforeItBegins

    if until_on is None:
        post.ended_at = at
    post.until_on = until_on or max(local(at).date(), post.from_on)
    post.save(update_fields=["until_on", "ended_at"])

    ledger.record(actor=actor, at=at, event=PostEnded(post_id=post.pk, until_on=post.until_on))
