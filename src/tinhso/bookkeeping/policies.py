"""Who may do what with receipts and differences."""

from uuid import UUID

from tinhso.payments import policies as money
from tinhso.payments.answering import overseen_agencies
from tinhso.payments.models import Bill
from tinhso.payments.policies import RoleMissing
from tinhso.people.types import Actor, ActorKind, PostView


def require_receipt_officer(*, actor: Actor, bill: Bill) -> PostView:
    """
    Return the post from which the actor corrects receipts of the agency: takes or gives back its money.

    :raises OwnBill, RoleMissing: the actor is the payer; has no such post
    """
    money.require_not_payer(actor=actor, bill=bill)
    roles = money.rules().roles
    return money.require_role(actor=actor, agency_id=bill.agency_id, roles=(*roles.cash, *roles.refund))


def require_overseer(*, actor: Actor, agency_id: UUID) -> None:
    """Let the system, and who answers for the agency's money. :raises RoleMissing: anybody else"""
    if actor.kind is ActorKind.SYSTEM or agency_id in overseen_agencies(actor):
        return
    raise RoleMissing
