import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import sync_to_async
from django.db import connections, transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tinhso.kernel import jobs
from tinhso.kernel.models import Sequence
from tinhso.kernel.refusals import NotAllowed
from tinhso.kernel.sequences import next_number

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 2, 13, 8, 30, tzinfo=UTC)


@app.task(queue="test")
def count_up(*, series: str) -> None:
    with transaction.atomic():
        next_number(series)


@app.task(queue="test")
def ask_for_more_then_fail(*, series: str) -> None:
    with transaction.atomic():
        next_number(series)
        jobs.defer(count_up, series=series)
        raise ZeroDivisionError


@app.task(queue="test", retry=jobs.RETRY)
def be_refused() -> None:
    raise NotAllowed()


@app.task(queue="test", retry=jobs.RETRY)
def break_down() -> None:
    raise ConnectionResetError


def defer_count_up() -> None:
    with transaction.atomic():
        jobs.defer(count_up, series="counted")


def work() -> None:
    jobs.run_worker(queues=("test",), concurrency=1, wait=False)
    # The worker's thread for periodic jobs would otherwise hold up the removal of the test database.
    asyncio.run(sync_to_async(connections.close_all)())


def deferred() -> "QuerySet[ProcrastinateJob]":
    """All but what the worker itself asks for by the calendar."""
    return ProcrastinateJob.objects.filter(queue_name="test")


def counted() -> int:
    return sum(Sequence.objects.values_list("last", flat=True))


def test_a_committed_job_is_carried_out_once() -> None:
    defer_count_up()
    assert counted() == 0

    work()
    work()

    assert counted() == 1
    assert deferred().get().status == "succeeded"


def test_a_job_of_a_rolled_back_act_vanishes() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.defer(count_up, series="counted")
        raise ZeroDivisionError

    work()

    assert counted() == 0
    assert not deferred().exists()


def test_a_job_that_fails_takes_back_what_it_asked_for() -> None:
    with transaction.atomic():
        jobs.defer(ask_for_more_then_fail, series="counted")

    work()
    work()

    assert counted() == 0
    assert deferred().get().status == "failed"


def test_asking_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        jobs.defer(count_up, series="counted")

    assert not deferred().exists()


def test_a_job_for_later_waits() -> None:
    with transaction.atomic():
        jobs.defer_at(count_up, datetime.now(tz=UTC) + timedelta(hours=1), series="counted")

    work()

    assert counted() == 0
    assert deferred().get().status == "todo"


def test_a_fault_is_tried_again_later_and_a_refusal_is_not() -> None:
    with transaction.atomic():
        jobs.defer(be_refused)
        jobs.defer(break_down)

    work()

    states = {job.task_name.rsplit(".", 1)[-1]: job.status for job in deferred().all()}
    assert states == {"be_refused": "failed", "break_down": "todo"}


def test_the_housekeeping_is_known_to_the_worker() -> None:
    periodic = {name.rsplit(".", 1)[-1] for name, _ in app.periodic_registry.periodic_tasks}
    assert periodic >= {"sweep_orphans", "purge_idempotency", "remove_old_jobs", "retry_stalled"}


def test_housekeeping_runs() -> None:
    with transaction.atomic():
        for task in (jobs.sweep_orphans, jobs.purge_idempotency, jobs.remove_old_jobs, jobs.retry_stalled):
            task.configure(queue="test", queueing_lock=f"test {task.name}").defer(
                timestamp=int(AT.timestamp())
            )

    work()

    assert list(deferred().values_list("status", flat=True)) == ["succeeded"] * 4
