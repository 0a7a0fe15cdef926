"""Work of this room that is done later."""

from uuid import UUID

from procrastinate import JobContext
from procrastinate.contrib.django import app

from tinhso.kernel import clock
from tinhso.kernel.jobs import RETRY, at_of
from tinhso.payments.actions.expire_bills import expire_bills
from tinhso.payments.actions.record_refund import record_refund, record_refund_failure
from tinhso.payments.actions.sweep_nonces import sweep_nonces
from tinhso.payments.actions.sweep_platform import sweep_platform
from tinhso.payments.bank import BankRefused, BankUnreachable, RefundRequest, the_bank
from tinhso.payments.models import Refund
from tinhso.payments.states import RefundState
from tinhso.people.types import system

ACTOR = system("payments")
# Attempts are counted from 0; after this one nothing tries again by itself.
LAST_ATTEMPT = RETRY.max_attempts or 0


@app.task(queue="default", retry=RETRY, pass_context=True)
def send_refund(context: JobContext, *, refund_id: str) -> None:
    """Ask the bank for the refund. The bank knows it by its id, so asking again moves the money once."""
    refund = Refund.objects.select_related("credit", "bill").get(pk=refund_id)
    if refund.state != RefundState.REQUESTED or refund.credit is None:
        return
    at = clock.now()
    request = RefundRequest(
        refund.id, refund.credit.bank_transaction_id, refund.amount, refund.bill.reference
    )
    try:
        number = the_bank().refund(request, at=at)
    except BankRefused as answer:
        record_refund_failure(actor=ACTOR, at=at, refund_id=UUID(refund_id), error=str(answer))
    except BankUnreachable as problem:
        if context.job.attempts < LAST_ATTEMPT:
            raise
        record_refund_failure(actor=ACTOR, at=at, refund_id=UUID(refund_id), error=str(problem))
    else:
        record_refund(actor=ACTOR, at=at, refund_id=UUID(refund_id), bank_refund_id=number)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="housekeeping", queueing_lock="payments.expire")
def expire(timestamp: int) -> None:
    """Let bills lapse whose time and grace are over."""
    while expire_bills(actor=ACTOR, at=at_of(timestamp)):
        pass


@app.periodic(cron="37 * * * *")
@app.task(queue="housekeeping", queueing_lock="payments.sweep_nonces")
def sweep(timestamp: int) -> None:
    """Forget messages of the bank that are too old to be replayed."""
    sweep_nonces(at=at_of(timestamp))


@app.periodic(cron="* * * * *")
@app.task(queue="default", queueing_lock="payments.ask_platform")
def ask_platform(timestamp: int) -> None:
    """Ask the portal's platform about payments whose callback never came."""
    sweep_platform(actor=ACTOR, at=at_of(timestamp))
