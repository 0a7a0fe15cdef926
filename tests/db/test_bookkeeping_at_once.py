"""Numbers of receipts under many at once: every one is used, none twice, whoever fails."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from tests.books_kit import give_key, numbers, paid_bill, set_up
from tests.db.kernel_threads import at_once
from tests.fixtures_trust import Trust, trust
from tests.payments_kit import SYSTEM
from tinhso.bookkeeping.actions.issue_receipt import issue_receipt
from tinhso.bookkeeping.models import FeeReceipt, ReceiptDuty

__all__ = ["trust"]

CALLERS, EACH = 4, 3


@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_gap_and_no_number_twice_though_some_fail(trust: Trust) -> None:
    set_up()
    give_key(trust, at=trust.now)
    at = trust.now + timedelta(minutes=1)
    for _turn in range(CALLERS * EACH):
        paid_bill(at=at)
    duties = list(ReceiptDuty.objects.order_by("id").values_list("pk", flat=True))

    def work(caller: int) -> None:
        for turn, duty_id in enumerate(duties[caller::CALLERS]):
            with _failing(when=(caller + turn) % 3 == 0), transaction.atomic():
                issue_receipt(actor=SYSTEM, at=at, duty_id=duty_id)
                if (caller + turn) % 3 == 0:
                    raise ZeroDivisionError
            # Two callers after the same duty make one receipt.
            issue_receipt(actor=SYSTEM, at=at, duty_id=duties[(caller + turn) % len(duties)])

    at_once(work, callers=CALLERS)
    for duty_id in duties:
        issue_receipt(actor=SYSTEM, at=at, duty_id=duty_id)

    assert numbers() == list(range(1, len(duties) + 1))
    of_duty: list[UUID | None] = list(FeeReceipt.objects.values_list("duty_id", flat=True))
    assert sorted(of_duty, key=str) == sorted(duties, key=str)


class _failing:  # noqa: N801
    """Swallow the failure that was planned, and no other."""

    def __init__(self, *, when: bool) -> None:
        self.when = when

    def __enter__(self) -> Iterator[None]:
        return iter(())

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> bool:
        return self.when and kind is ZeroDivisionError
