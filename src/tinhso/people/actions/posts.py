"""Appointments."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions.packs import packs_folder
from tinhso.definitions.roles import load_roles
from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from tinhso.kernel.text import normalise
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
    message = _("Ngày kết thúc phải từ ngày bắt đầu và từ hôm nay trở đi. Hãy sửa lại ngày.")


class OwnPost(NotAllowed):
    code = "own-post"
    message = _("Không ai tự giao vị trí cho mình. Hãy đề nghị người đứng đầu hoặc người vận hành hệ thống.")


class TitleMissing(Invalid):
    code = "title-missing"
    message = _("Hãy ghi chức danh, như sẽ đứng dưới chữ ký.")


class SuccessorUnfit(Invalid):
    code = "successor-unfit"
    message = _("Người nhận bàn giao phải đang giữ cùng vai trò ở cơ quan này. Hãy chọn người khác.")


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
    :raises NotAllowed: the actor is neither the system, an operator, nor a head whose agency gives the role
    :raises OwnPost: the account is the actor's own
    :raises NotFound: there is no such open officer's account or agency
    :raises RoleUnknown: the packs have no such role
    :raises TitleMissing, PostEndsBeforeItBegins: as they say
    :raises PostHeldAlready: the officer has the role there on one of these days
    """
    locks.hold(f"people.posts:{account_id}")
    begins = from_on or local(at).date()

    given_by = {known.id: known.appointed_by for known in load_roles(packs_folder())}
    policies.require_giving(actor, agency_id=agency_id, appointed_by=given_by.get(role, ""))
    if account_id == actor.account_id:
        raise OwnPost

    if role not in given_by:
        raise RoleUnknown(role=role)
    if not title.strip():
        raise TitleMissing
    if until_on is not None and until_on < begins:
        raise PostEndsBeforeItBegins
    _require_open(account_id=account_id, agency_id=agency_id)
    same = Post.objects.filter(account_id=account_id, agency_id=agency_id, role=role)
    if same.meeting(begins, until_on).exists():
        raise PostHeldAlready

    post = Post.objects.create(
        account_id=account_id,
        agency_id=agency_id,
        role=role,
        title=normalise(title)[:160],
        from_on=begins,
        until_on=until_on,
    )

    event = Appointed(
        post_id=post.pk,
        account_id=account_id,
        agency_id=agency_id,
        role=role,
        from_on=begins,
        until_on=until_on,
    )
    ledger.record(actor=actor, at=at, event=event)
    return post.pk


@transaction.atomic
def end_post(
    *,
    actor: Actor,
    at: datetime,
    post_id: UUID,
    until_on: date | None = None,
    successor_account_id: UUID | None = None,
) -> None:
    """
    End a post: at once, or after the last day given.

    What its holder has in hand goes to the successor now; else it is free for every colleague of the role as
    soon as the post is over (``dossiers.listeners``).

    :raises NotAllowed: the actor is neither the system, an operator, nor a head whose agency gives the role
    :raises NotFound: there is no such post, or it has ended
    :raises PostEndsBeforeItBegins: as it says
    :raises SuccessorUnfit: the successor does not hold the role there today, or is the one who leaves
    """
    post = Post.objects.select_for_update().filter(pk=post_id, ended_at__isnull=True).first()
    if post is None:
        raise NotFound

    given_by = {known.id: known.appointed_by for known in load_roles(packs_folder())}
    policies.require_giving(actor, agency_id=post.agency_id, appointed_by=given_by.get(post.role, ""))

    if until_on is not None and until_on < max(post.from_on, local(at).date()):
        raise PostEndsBeforeItBegins
    if successor_account_id is not None:
        _require_fit(post, successor_account_id, at=at)

    if until_on is None:
        post.ended_at = at
    post.until_on = until_on or max(local(at).date(), post.from_on)
    post.save(update_fields=["until_on", "ended_at"])

    ledger.record(
        actor=actor,
        at=at,
        event=PostEnded(
            post_id=post.pk,
            account_id=post.account_id,
            agency_id=post.agency_id,
            role=post.role,
            until_on=post.until_on,
            is_at_once=until_on is None,
            successor_account_id=successor_account_id,
        ),
    )


def _require_open(*, account_id: UUID, agency_id: UUID) -> None:
    officers = Account.objects.filter(kind=AccountKind.OFFICER, is_active=True)
    agencies = Agency.objects.filter(is_open=True)
    if not (officers.filter(pk=account_id).exists() and agencies.filter(pk=agency_id).exists()):
        raise NotFound


def _require_fit(post: Post, successor_account_id: UUID, *, at: datetime) -> None:
    able = Post.objects.in_force(at).filter(role=post.role, agency_id=post.agency_id)
    able = able.filter(account_id=successor_account_id, account__is_active=True)
    if successor_account_id == post.account_id or not able.exists():
        raise SuccessorUnfit
