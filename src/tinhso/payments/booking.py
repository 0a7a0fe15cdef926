"""A credit is booked once, and counts for the bill it names: the same rule for callbacks and statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import Conflict
from tinhso.payments.events import PaymentReceived
from tinhso.payments.models import BankTransaction, Bill
from tinhso.payments.moving import Source, move_bill, open_refund, open_refunds_of_all
from tinhso.payments.platform_rules import platform_rules
from tinhso.payments.policies import rules
from tinhso.payments.references import find_references
from tinhso.payments.rules import Decision, decide
from tinhso.payments.states import BillState, Outcome, RefundReason
from tinhso.people.types import Actor

NO_REFERENCE = "no_reference"
UNKNOWN_REFERENCE = "unknown_reference"
SEVERAL_BILLS = "several_bills"
OTHER_ACCOUNT = "other_account"
PLATFORM_SETTLEMENT = "platform_settlement"


class ContradictoryCredit(Conflict):
    """The bank reports a known transaction with another amount or account: nothing is changed."""

    code = "credit-contradictory"
    message = _(
        "Giao dịch %(bank_transaction_id)s đã ghi nhận với số tiền hoặc tài khoản khác. "
        "Hãy đối chiếu lại với ngân hàng."
    )


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit as a bank reports it, by whatever way."""

    bank: str
    bank_transaction_id: str
    account_number: str
    amount: int
    purpose: str
    received_at: datetime
    source: str
    raw: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Booked:
    """The row, and whether this report made it."""

    row: BankTransaction
    is_new: bool


def book(*, actor: Actor, at: datetime, credit: Credit) -> Booked:
    """
    Book the credit unless it is known, and let it count for its bill. Needs a transaction around it.

    :raises ContradictoryCredit: known with another amount or account
    """
    # There is no row to lock before the first report; two reports at once must meet here.
    locks.hold(f"credit:{credit.bank}:{credit.bank_transaction_id}")
    known = (
        BankTransaction.objects.select_related("bill")
        .filter(bank=credit.bank, bank_transaction_id=credit.bank_transaction_id)
        .first()
    )
    if known:
        if (known.amount, known.account_number) != (credit.amount, credit.account_number):
            raise ContradictoryCredit(bank_transaction_id=credit.bank_transaction_id)
        return Booked(known, is_new=False)
    bill, reason = _find_bill(credit)
    row = _write(at=at, credit=credit, reason=reason)
    if bill:
        count_for(actor=actor, at=at, bill=bill, row=row)
    ledger.record(
        actor=actor,
        at=at,
        event=PaymentReceived(
            transaction_id=row.id,
            bill_id=bill.id if bill else None,
            for_subject_id=bill.subject_id if bill else None,
            amount=row.amount,
            outcome=row.outcome,
        ),
    )
    return Booked(row, is_new=True)


def count_for(*, actor: Actor, at: datetime, bill: Bill, row: BankTransaction) -> None:
    """Let a booked credit count for a locked bill, by rule; what is not owed falls due back."""
    if BillState(bill.state).is_open and row.received_at > bill.expires_at + rules().grace:
        expire(actor=actor, at=at, bill=bill)
    decision = decide(
        state=BillState(bill.state), total=bill.total, received=bill.received, amount=row.amount
    )
    row.outcome, row.bill, row.reason = decision.outcome, bill, ""
    row.save()
    bill.received += row.amount
    if decision.move == "pay":
        bill.paid_at = at
    if decision.move:
        move_bill(
            actor=actor, at=at, bill=bill, name=decision.move, amount=row.amount, source=Source(credit=row)
        )
    else:
        bill.save()
    _return_excess(actor=actor, at=at, bill=bill, row=row, decision=decision)


def expire(*, actor: Actor, at: datetime, bill: Bill) -> None:
    """Let a locked open bill lapse; what came for it falls due back."""
    move_bill(actor=actor, at=at, bill=bill, name="expire", amount=bill.total - bill.received)
    open_refunds_of_all(actor=actor, at=at, bill=bill, reason=RefundReason.EXPIRED)


def _return_excess(
    *, actor: Actor, at: datetime, bill: Bill, row: BankTransaction, decision: Decision
) -> None:
    if not decision.excess:
        return
    reason = RefundReason.OVERPAID if decision.outcome is Outcome.OVER else RefundReason.LATE
    open_refund(
        actor=actor, at=at, bill=bill, source=Source(credit=row), amount=decision.excess, reason=reason
    )


def _find_bill(credit: Credit) -> tuple[Bill | None, str]:
    references = find_references(credit.purpose, prefix=rules().reference_prefix)
    if not references:
        return None, _why_nameless(credit)
    found = list(Bill.objects.select_for_update().filter(reference__in=references).order_by("id"))
    if len(found) != 1:
        return None, SEVERAL_BILLS if found else UNKNOWN_REFERENCE
    if found[0].account_number != credit.account_number:
        return None, OTHER_ACCOUNT
    return found[0], ""


def _why_nameless(credit: Credit) -> str:
    """The platform passes on what citizens paid there; those payments were booked when it told us of them."""
    bare = "".join(filter(str.isalnum, credit.purpose)).upper()
    return PLATFORM_SETTLEMENT if platform_rules().settlement_mark in bare else NO_REFERENCE


def _write(*, at: datetime, credit: Credit, reason: str) -> BankTransaction:
    return BankTransaction.objects.create(
        bank=credit.bank,
        bank_transaction_id=credit.bank_transaction_id,
        account_number=credit.account_number,
        amount=credit.amount,
        purpose=credit.purpose[:255],
        received_at=credit.received_at,
        booked_at=at,
        source=credit.source,
        raw=credit.raw,
        outcome=Outcome.UNMATCHED,
        reason=reason,
    )
