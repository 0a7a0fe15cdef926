"""Who may do what with money."""

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import NotAllowed
from tinhso.payments.models import Bill
from tinhso.payments.rules import PaymentRules, load_rules
from tinhso.people.types import Actor, ActorKind, PostView


class OwnBill(NotAllowed):
    code = "payment-own-bill"
    message = _("Bạn là người nộp khoản này nên không được tự thu. Hãy chuyển cho đồng nghiệp.")


class OwnRefund(NotAllowed):
    code = "payment-own-refund"
    message = _("Bạn là người nộp khoản này nên không được tự hoàn lại. Hãy chuyển cho đồng nghiệp.")


class RoleMissing(NotAllowed):
    code = "payment-role-missing"
    message = _("Việc này cần vai trò phù hợp tại cơ quan thu. Hãy chuyển cho người có thẩm quyền.")


def rules() -> PaymentRules:
    """Return the province's payment rules."""
    return load_rules(settings.TINHSO.packs)


def require_issue(*, actor: Actor, payer_person_id: UUID, agency_id: UUID) -> None:
    """Let the system, the payer, who acts for the payer, and the agency's officers ask for a bill."""
    own = {actor.person_id, *actor.on_behalf_of}
    if actor.kind is ActorKind.SYSTEM or payer_person_id in own or agency_id in actor.agency_ids:
        return
    raise NotAllowed


def require_payer(*, actor: Actor, bill: Bill) -> None:
    """Let the system, the payer and who acts for the payer begin to pay. :raises NotAllowed: none of them"""
    own = {actor.person_id, *actor.whole_principals}
    if actor.kind is ActorKind.SYSTEM or bill.payer_person_id in own:
        return
    raise NotAllowed


def require_agency(*, actor: Actor, bill: Bill) -> None:
    """Let the system and the agency's officers change what is owed."""
    if actor.kind is ActorKind.SYSTEM or bill.agency_id in actor.agency_ids:
        return
    raise NotAllowed


def require_role(*, actor: Actor, agency_id: UUID, roles: tuple[str, ...]) -> PostView:
    """Return the post that gives one of the roles in the agency. :raises RoleMissing: there is none"""
    for role in roles:
        post = actor.post_with(role=role, agency_id=agency_id)
        if post:
            return post
    raise RoleMissing


def require_not_payer(*, actor: Actor, bill: Bill) -> None:
    """Nobody takes their own money over the counter. :raises OwnBill: the actor is the payer"""
    if actor.person_id is not None and actor.person_id == bill.payer_person_id:
        raise OwnBill


def require_not_own_refund(*, actor: Actor, bill: Bill) -> None:
    """Nobody sends or pays money back to themselves. :raises OwnRefund: the actor is the payer"""
    if actor.person_id is not None and actor.person_id == bill.payer_person_id:
        raise OwnRefund


def require_reconciler(*, actor: Actor) -> None:
    """Let the system, and who holds a reconciling role in any agency. :raises RoleMissing: neither"""
    held = {post.role for post in actor.posts}
    if actor.kind is ActorKind.SYSTEM or held & set(rules().roles.reconcile):
        return
    raise RoleMissing
