"""Money goes back once, by whom it may, the way it came."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from tests.payments_kit import AGENCY, AT, SYSTEM, TOTAL, citizen, everything, hear, new_bill, officer, report
from tinhso.kernel.refusals import NotFound
from tinhso.payments import bank, jobs, queries
from tinhso.payments.actions.mark_cash import mark_cash
from tinhso.payments.actions.pay_out_refund import RefundIsTransfer, pay_out_refund
from tinhso.payments.actions.record_refund import record_refund, record_refund_failure
from tinhso.payments.actions.refund_bill import refund_bill
from tinhso.payments.actions.request_refund import RefundIsCash, request_refund
from tinhso.payments.policies import OwnRefund, RoleMissing
from tinhso.payments.states import BillState, NoSuchMove, RefundReason, RefundState
from tinhso.payments.types import BillView, RefundView
from tinhso.people.models import Agency
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
HEAD = officer("chairperson")


def over() -> tuple[BillView, RefundView]:
    """Return a bill paid 2.500 đồng too much, and the refund that fell due."""
    bill = new_bill()
    hear(report(bill, TOTAL + 2_500))
    (refund,) = queries.refunds_of_bill(actor=SYSTEM, bill_id=bill.id)
    return bill, refund


def again(refund: RefundView) -> RefundView:
    return next(r for r in queries.refunds_of_bill(actor=SYSTEM, bill_id=refund.bill_id) if r.id == refund.id)


class Answering:
    """A bank that answers each refund with the next of these, an exception or its number."""

    def __init__(self, *answers: str | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[bank.RefundRequest] = []

    def refund(self, request: bank.RefundRequest, *, at: datetime) -> str:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Attempt:
    """What a job knows of itself."""

    def __init__(self, attempts: int) -> None:
        self.job = self
        self.attempts = attempts


def send(refund: RefundView, *, attempts: int = 0) -> None:
    jobs.send_refund.func(Attempt(attempts), refund_id=str(refund.id))


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    there = Answering()
    monkeypatch.setattr(jobs, "the_bank", lambda: there)
    return there


def test_an_officer_asks_and_the_bank_sends_the_difference_back(answering: Answering) -> None:
    bill, refund = over()
    asked = request_refund(actor=HEAD, at=AT, refund_id=refund.id)
    assert asked.state is RefundState.REQUESTED
    job = ProcrastinateJob.objects.get(task_name="tinhso.payments.jobs.send_refund")
    assert job.args == {"refund_id": str(refund.id)}
    answering.answers = ["RF1"]
    send(refund)
    assert (again(refund).state, again(refund).bank_refund_id) == (RefundState.MADE, "RF1")
    assert [(request.refund_id, request.amount) for request in answering.asked] == [(refund.id, 2_500)]
    assert queries.access_bill(actor=SYSTEM, bill_id=bill.id).state is BillState.PAID


def test_a_job_that_runs_twice_asks_the_bank_once(answering: Answering) -> None:
    _, refund = over()
    request_refund(actor=HEAD, at=AT, refund_id=refund.id)
    answering.answers = ["RF1"]
    send(refund)
    send(refund)
    assert len(answering.asked) == 1


def test_a_bank_that_refuses_is_shown_and_may_be_asked_again(answering: Answering) -> None:
    _, refund = over()
    request_refund(actor=HEAD, at=AT, refund_id=refund.id)
    answering.answers = [bank.BankRefused("tài khoản đã đóng")]
    send(refund)
    assert (again(refund).state, again(refund).last_error) == (RefundState.FAILED, "tài khoản đã đóng")
    assert request_refund(actor=HEAD, at=AT, refund_id=refund.id).last_error == ""


def test_an_unreachable_bank_is_tried_again_and_shown_when_patience_ends(answering: Answering) -> None:
    _, refund = over()
    request_refund(actor=HEAD, at=AT, refund_id=refund.id)
    answering.answers = [bank.BankUnreachable("ConnectError"), bank.BankUnreachable("ConnectError")]
    with pytest.raises(bank.BankUnreachable):
        send(refund)
    assert again(refund).state is RefundState.REQUESTED
    send(refund, attempts=jobs.LAST_ATTEMPT)
    assert (again(refund).state, again(refund).last_error) == (RefundState.FAILED, "ConnectError")


def test_patience_ends_at_the_last_attempt_that_jobs_allow() -> None:
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="t", attempts=jobs.LAST_ATTEMPT)
    problem = bank.BankUnreachable()
    assert jobs.RETRY.get_retry_decision(exception=problem, job=job) is None
    assert jobs.RETRY.get_retry_decision(exception=problem, job=job.evolve(attempts=jobs.LAST_ATTEMPT - 1))


def test_the_answer_of_the_bank_said_twice_changes_nothing() -> None:
    _, refund = over()
    request_refund(actor=HEAD, at=AT, refund_id=refund.id)
    record_refund(actor=SYSTEM, at=AT, refund_id=refund.id, bank_refund_id="RF1")
    before = everything()
    record_refund(actor=SYSTEM, at=AT, refund_id=refund.id, bank_refund_id="RF2")
    with pytest.raises(NoSuchMove):
        record_refund_failure(actor=SYSTEM, at=AT, refund_id=refund.id, error="late news")
    assert everything() == before


def test_a_refund_that_nobody_asked_for_is_not_recorded() -> None:
    _, refund = over()
    before = everything()
    with pytest.raises(NoSuchMove):
        record_refund(actor=SYSTEM, at=AT, refund_id=refund.id, bank_refund_id="RF1")
    assert everything() == before


@pytest.mark.parametrize(
    ("actor", "refusal"),
    [
        (citizen(), OwnRefund),
        (officer("one_stop"), RoleMissing),
        (citizen(uuid4()), NotFound),
        (officer("chairperson", agency_id=uuid4()), NotFound),
    ],
)
def test_who_may_not_give_the_agencys_money_back_is_refused(actor: Actor, refusal: type[Exception]) -> None:
    bill, refund = over()
    before = everything()
    with pytest.raises(refusal):
        request_refund(actor=actor, at=AT, refund_id=refund.id)
    with pytest.raises(refusal):
        refund_bill(actor=actor, at=AT, bill_id=bill.id, note="")
    assert everything() == before
    assert not ProcrastinateJob.objects.filter(task_name="tinhso.payments.jobs.send_refund").exists()


def test_a_whole_bill_goes_back_source_by_source_and_is_then_refunded() -> None:
    bill = new_bill()
    for amount in (4_000, 6_500):
        hear(report(bill, amount))
    ordered = refund_bill(actor=HEAD, at=AT, bill_id=bill.id, note="Công dân rút hồ sơ")
    assert ordered.state is BillState.REFUND_PENDING
    refunds = queries.refunds_of_bill(actor=SYSTEM, bill_id=bill.id)
    assert [(r.amount, r.reason) for r in refunds] == [
        (500, RefundReason.OVERPAID),
        (4_000, RefundReason.DECIDED),
        (6_000, RefundReason.DECIDED),
    ]
    for refund in refunds:
        request_refund(actor=HEAD, at=AT, refund_id=refund.id)
        assert queries.access_bill(actor=SYSTEM, bill_id=bill.id).state is BillState.REFUND_PENDING
        record_refund(actor=SYSTEM, at=AT, refund_id=refund.id, bank_refund_id=f"RF{refund.amount}")
    assert queries.access_bill(actor=SYSTEM, bill_id=bill.id).state is BillState.REFUNDED
    assert queries.open_refunds(actor=SYSTEM) == ()


def test_a_bill_is_ordered_back_once_and_only_when_paid() -> None:
    bill, _ = over()
    refund_bill(actor=HEAD, at=AT, bill_id=bill.id, note="")
    unpaid = new_bill()
    before = everything()
    for bill_id in (bill.id, unpaid.id):
        with pytest.raises(NoSuchMove):
            refund_bill(actor=HEAD, at=AT, bill_id=bill_id, note="")
    assert everything() == before


def test_cash_goes_back_over_the_counter_and_not_through_the_bank() -> None:
    Agency.objects.create(id=AGENCY, code="H49.99", name="UBND", kind="commune_committee", unit_code="06841")
    bill = new_bill()
    mark_cash(actor=officer("one_stop"), at=AT, bill_id=bill.id)
    refund_bill(actor=HEAD, at=AT, bill_id=bill.id, note="")
    (refund,) = queries.refunds_of_bill(actor=SYSTEM, bill_id=bill.id)
    with pytest.raises(RefundIsCash):
        request_refund(actor=HEAD, at=AT, refund_id=refund.id)
    with pytest.raises(RoleMissing):
        pay_out_refund(actor=HEAD, at=AT, refund_id=refund.id)
    assert pay_out_refund(actor=officer("one_stop"), at=AT, refund_id=refund.id).state is RefundState.MADE
    assert queries.access_bill(actor=SYSTEM, bill_id=bill.id).state is BillState.REFUNDED


def test_a_transfer_is_not_paid_out_in_cash() -> None:
    _, refund = over()
    before = everything()
    with pytest.raises(RefundIsTransfer):
        pay_out_refund(actor=officer("one_stop"), at=AT, refund_id=refund.id)
    assert everything() == before


def test_a_refund_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(NotFound):
        request_refund(actor=HEAD, at=AT, refund_id=UUID(int=9))
