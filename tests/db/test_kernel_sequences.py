import time

import pytest
from django.db import transaction

from tests.db.kernel_threads import at_once
from tinhso.kernel import locks
from tinhso.kernel.models import Sequence
from tinhso.kernel.sequences import next_number


@pytest.mark.django_db
def test_each_series_counts_for_itself_from_one() -> None:
    assert [next_number("a"), next_number("a"), next_number("b")] == [1, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_gives_its_number_back() -> None:
    with transaction.atomic():
        next_number("decisions")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_number("decisions")
        raise ZeroDivisionError

    with transaction.atomic():
        assert next_number("decisions") == 2


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_every_number_once_and_leave_no_gap() -> None:
    def take(caller: int) -> list[int]:
        taken = []
        for turn in range(10):
            try:
                with transaction.atomic():
                    number = next_number("receipts")
                    if (caller + turn) % 4 == 0:
                        raise ZeroDivisionError
                    taken.append(number)
            except ZeroDivisionError:
                continue
        return taken

    taken = sorted(number for numbers in at_once(take, callers=6) for number in numbers)

    assert taken == list(range(1, len(taken) + 1))
    assert Sequence.objects.get(series="receipts").last == len(taken) == 45


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        next_number("receipts")
    assert not Sequence.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_lock_keeps_the_others_out_until_its_transaction_ends() -> None:
    inside: list[int] = []
    most: list[int] = []

    def enter(caller: int) -> None:
        with transaction.atomic():
            locks.hold("the small room")
            inside.append(caller)
            most.append(len(inside))
            time.sleep(0.01)
            inside.remove(caller)

    at_once(enter, callers=5)

    assert most == [1, 1, 1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_trying_a_lock_that_another_holds_does_not_wait() -> None:
    def try_it(_: int) -> tuple[bool, bool]:
        with transaction.atomic():
            return locks.try_hold("the small room"), locks.try_hold("another room")

    with transaction.atomic():
        locks.hold("the small room")
        assert at_once(try_it, callers=1) == [(False, True)]
    assert at_once(try_it, callers=1) == [(True, True)]


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        locks.hold("the small room")
