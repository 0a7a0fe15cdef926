"""Ask the portal's platform what became of a payment, and book what it says was paid."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.payments.booking import Credit, book
from tinhso.payments.models import Bill, PlatformPayment
from tinhso.payments.platform import Answer, PlatformRefused, PlatformUnreachable, the_platform
from tinhso.payments.platform_rules import platform_rules
from tinhso.payments.states import PlatformState
from tinhso.people.types import Actor

# Where a bank's BIN stands for credits of a bank.
BANK = "DVCQG"
SOURCE = "platform"


def settle_platform_payment(*, actor: Actor, at: datetime, payment_id: UUID) -> PlatformState:
    """
    Book the payment if the platform says that it was paid, and return how far it has come; twice is once.

    What counts is the sum of the answer: short or over, the bill's rule is the same as for any credit.

    :raises PlatformUnreachable, PlatformRefused: nobody knows; noted, and to be asked again
    """
    payment = PlatformPayment.objects.get(pk=payment_id)
    if payment.state == PlatformState.PAID:
        return PlatformState.PAID
    try:
        answer = the_platform().query(payment)
    except (PlatformUnreachable, PlatformRefused) as problem:
        PlatformPayment.objects.filter(pk=payment_id).update(asked_at=at, last_error=str(problem)[:200])
        raise
    return _write(actor=actor, at=at, payment=payment, answer=answer)


@transaction.atomic
def _write(*, actor: Actor, at: datetime, payment: PlatformPayment, answer: Answer) -> PlatformState:
    # The bill before its payment, as everybody who begins one locks them.
    bill = Bill.objects.select_for_update().get(pk=payment.bill_id)
    row = PlatformPayment.objects.select_for_update().get(pk=payment.pk)

    if row.state == PlatformState.PAID:
        return PlatformState.PAID
    row.asked_at, row.last_error = at, ""
    if answer.is_paid:
        _book(actor=actor, at=at, bill=bill, row=row, answer=answer)
    elif at - row.begun_at > platform_rules().give_up:
        row.state = PlatformState.UNPAID

    row.save()
    return PlatformState(row.state)


def _book(*, actor: Actor, at: datetime, bill: Bill, row: PlatformPayment, answer: Answer) -> None:
    credit = Credit(
        bank=BANK,
        bank_transaction_id=row.transaction_id,
        account_number=bill.account_number,
        amount=answer.amount,
        purpose=bill.reference,
        # No moment of payment is in the contract; the earliest we can answer for is its first callback.
        received_at=row.told_at or at,
        source=SOURCE,
        raw=dict(answer.raw),
    )
    row.credit = book(actor=actor, at=at, credit=credit).row
    row.state, row.settled_at = PlatformState.PAID, at
