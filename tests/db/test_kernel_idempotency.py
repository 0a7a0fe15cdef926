from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.db.kernel_threads import at_once
from tinhso.kernel.idempotency import (
    IdempotencyKeyMalformed,
    IdempotencyKeyReused,
    hash_request,
    once,
    purge_expired,
)
from tinhso.kernel.models import IdempotencyRecord, Sequence
from tinhso.kernel.sequences import next_number

AT = datetime(2026, 2, 13, 8, 30, tzinfo=UTC)


def submit(*, key: str = "k1", scope: str = "an", body: str = "body", at: datetime = AT) -> tuple[Any, bool]:
    with once(scope=scope, key=key, request_hash=hash_request("POST", "/x", body), at=at) as attempt:
        if not attempt.is_replay:
            attempt.keep({"number": next_number("done")})
    return attempt.response, attempt.is_replay


def times_done() -> int:
    return sum(Sequence.objects.values_list("last", flat=True))


@pytest.mark.django_db
def test_the_same_request_is_done_once_and_answered_twice() -> None:
    assert submit() == ({"number": 1}, False)
    assert submit() == ({"number": 1}, True)
    assert times_done() == 1


@pytest.mark.django_db
def test_keys_of_different_people_do_not_meet() -> None:
    submit(scope="an")
    assert submit(scope="binh") == ({"number": 2}, False)


@pytest.mark.django_db
def test_a_key_used_for_another_request_is_refused_and_nothing_is_done() -> None:
    submit(body="one")

    with pytest.raises(IdempotencyKeyReused):
        submit(body="two")

    assert times_done() == 1
    assert submit(body="one") == ({"number": 1}, True)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 201, "có dấu", "two words", "tab\t"])
def test_a_key_that_cannot_be_one_is_refused(key: str) -> None:
    with pytest.raises(IdempotencyKeyMalformed):
        submit(key=key)
    assert times_done() == 0


@pytest.mark.django_db
def test_a_refused_request_frees_its_key() -> None:
    with pytest.raises(ZeroDivisionError), once(scope="an", key="k1", request_hash="h", at=AT):
        next_number("done")
        raise ZeroDivisionError

    assert times_done() == 0
    assert submit() == ({"number": 1}, False)


@pytest.mark.django_db
def test_forgetting_to_keep_the_answer_is_an_error_that_undoes_the_act() -> None:
    with pytest.raises(RuntimeError, match="keep"), once(scope="an", key="k1", request_hash="h", at=AT):
        next_number("done")
    assert times_done() == 0


@pytest.mark.django_db
def test_nothing_is_an_answer_too() -> None:
    for expected in (False, True):
        with once(scope="an", key="k1", request_hash="h", at=AT) as attempt:
            assert attempt.is_replay is expected
            attempt.keep(None)


@pytest.mark.django_db
def test_after_its_time_a_key_counts_as_new() -> None:
    submit(at=AT)
    assert submit(at=AT + timedelta(hours=23, minutes=59))[1] is True
    assert submit(at=AT + timedelta(hours=24)) == ({"number": 2}, False)


@pytest.mark.django_db
def test_purging_forgets_only_what_is_over() -> None:
    submit(key="old", at=AT - timedelta(hours=25))
    submit(key="new", at=AT)

    assert purge_expired(at=AT) == 1
    assert IdempotencyRecord.objects.get().key == "new"


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_done_once_and_both_get_the_same_answer() -> None:
    answers = at_once(lambda _: submit(), callers=6)

    assert [answer for answer, _ in answers] == [{"number": 1}] * 6
    assert sorted(is_replay for _, is_replay in answers) == [False] + [True] * 5
    assert times_done() == 1


@pytest.mark.django_db(transaction=True)
def test_the_waiting_twin_does_the_work_when_the_first_fails() -> None:
    def attempt(caller: int) -> bool:
        try:
            with transaction.atomic():
                submit()
                if IdempotencyRecord.objects.count() and next_number("tries") == 1 and caller % 2 == 0:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            return False
        return True

    outcomes = at_once(attempt, callers=4)

    assert True in outcomes
    assert Sequence.objects.get(series="done").last == 1


def test_parts_of_a_request_are_hashed_apart() -> None:
    assert hash_request("ab", "c") != hash_request("a", "bc")
    assert hash_request("ab", b"c") == hash_request(b"ab", "c")
