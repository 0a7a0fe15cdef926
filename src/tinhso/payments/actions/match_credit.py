"""Give a credit that matched no bill the bill it was meant for."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict, NotFound
from tinhso.payments import policies, queries
from tinhso.payments.booking import count_for
from tinhso.payments.events import PaymentMatched
from tinhso.payments.models import BankTransaction, Bill
from tinhso.payments.types import BillView
from tinhso.people.types import Actor


class AlreadyMatched(Conflict):
    code = "credit-already-matched"
    message = _("Khoản tiền này đã được ghi cho một phiếu thanh toán. Hãy tải lại trang để xem.")


@transaction.atomic
def match_credit(*, actor: Actor, at: datetime, credit_id: UUID, reference: str) -> BillView:
    """
    Let an unmatched credit count for the bill with the reference, by the same rule as any other.

    :raises RoleMissing: the actor does not reconcile
    :raises NotFound: no such credit, or no such bill
    :raises AlreadyMatched: somebody else gave it a bill
    """
    bill = Bill.objects.select_for_update().filter(reference=reference.strip().upper()).first()
    row = BankTransaction.objects.select_for_update().filter(pk=credit_id).first()

    policies.require_reconciler(actor=actor)

    if bill is None or row is None:
        raise NotFound
    if row.bill_id:
        raise AlreadyMatched

    count_for(actor=actor, at=at, bill=bill, row=row)

    ledger.record(
        actor=actor,
        at=at,
        event=PaymentMatched(
            transaction_id=row.id,
            bill_id=bill.id,
            for_subject_id=bill.subject_id,
            amount=row.amount,
            outcome=row.outcome,
        ),
    )
    return queries.view_of(bill)
