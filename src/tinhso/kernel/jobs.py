"""
Jobs: work done later by ``tinhso worker``, committed and rolled back with the act that asked for it.

A room puts its own into ``<room>/jobs.py``, where they are found by themselves::

    @app.task(queue="default", retry=RETRY)
    def send_letter(*, letter_id: str) -> None: ...

    defer(send_letter, letter_id=str(letter.id))

Arguments are JSON values: identifiers, no rows and no personal data. A job may run twice; it must not mind.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeVar

from procrastinate import JobContext, RetryDecision, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.tasks import Task

from tinhso.kernel import clock, files, idempotency
from tinhso.kernel.keyring import MissingKey
from tinhso.kernel.locks import require_transaction
from tinhso.kernel.refusals import Refusal
from tinhso.kernel.tree import publishing, sealing, stamps, tiles, watching

P = ParamSpec("P")
R = TypeVar("R")


class PatientRetry(RetryStrategy):
    """Tries again after 3, 9, 27 … seconds; not after a refusal, which is an answer and stays the same."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, Refusal):
            return None
        return super().get_retry_decision(exception=exception, job=job)


KEPT_HOURS = 7 * 24
_log = logging.getLogger(__name__)
RETRY = PatientRetry(max_attempts=8, exponential_wait=3)


def defer(task: Task[P, R, P], *args: P.args, **arguments: P.kwargs) -> int:
    """
    Ask for the job within the present transaction; return its number. Arguments go by name.

    :raises RuntimeError: called outside a transaction, where the act could be lost and the job remain
    """
    if args:
        raise TypeError("a job's arguments go by name")
    require_transaction("jobs.defer()")
    return task.configure().defer(**arguments)  # type: ignore[arg-type]


def defer_all(task: Task[P, R, P], arguments: Iterable[Mapping[str, str]]) -> None:
    """Ask for the job once for each set of arguments, with one statement; else as :func:`defer`."""
    require_transaction("jobs.defer_all()")
    several: list[dict[str, Any]] = [dict(one) for one in arguments]
    if several:
        task.configure().batch_defer(*several)


def defer_at(task: Task[P, R, P], run_at: datetime, /, *args: P.args, **arguments: P.kwargs) -> int:
    """Ask for the job as :func:`defer` does, to be run not before the moment."""
    if args:
        raise TypeError("a job's arguments go by name")
    require_transaction("jobs.defer_at()")
    return task.configure(schedule_at=run_at).defer(**arguments)  # type: ignore[arg-type]


def at_of(timestamp: int) -> datetime:
    """Return the moment a periodic job was due at, from the timestamp it is given."""
    return datetime.fromtimestamp(timestamp, tz=UTC)


def run_worker(*, queues: tuple[str, ...] = (), concurrency: int = 4, wait: bool = True) -> None:
    """
    Carry out jobs until told to stop by SIGINT or SIGTERM.

    :param queues: only these; none means all
    :param wait: False returns as soon as nothing is left to do
    """
    # Not ``replace_connector``: it would take what a job defers out of that job's own transaction.
    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    worker.run_worker(
        queues=list(queues) or None, concurrency=concurrency, wait=wait, fetch_job_polling_interval=2.0
    )


@app.periodic(cron="17 3 * * *")
@app.task(queue="housekeeping", queueing_lock="kernel.sweep_orphans")
def sweep_orphans(timestamp: int) -> None:
    """Remove blobs that a rolled-back transaction left behind."""
    files.sweep_orphans(at=at_of(timestamp))


@app.periodic(cron="27 * * * *")
@app.task(queue="housekeeping", queueing_lock="kernel.purge_idempotency")
def purge_idempotency(timestamp: int) -> None:
    """Forget idempotency keys whose time is over."""
    idempotency.purge_expired(at=at_of(timestamp))


@app.periodic(cron="37 3 * * *")
@app.task(queue="housekeeping", queueing_lock="kernel.remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Forget jobs that were carried out more than a week ago; failed ones stay to be looked at."""
    del timestamp
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)


@app.periodic(cron="* * * * *")
@app.task(queue="housekeeping", queueing_lock="kernel.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Take up again what a worker that died had begun."""
    del timestamp
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="* * * * * */5")
@app.task(queue="ledger", queueing_lock="kernel.seal_ledger")
def seal_ledger(timestamp: int) -> None:
    """Seal what was recorded since the last time, and publish it."""
    del timestamp  # a job that waited would sign an old moment
    try:
        sealing.seal(at=clock.now())
        publishing.publish()
    except (sealing.HistoryForked, tiles.TileDamaged, MissingKey) as problem:
        # The next round would fail the same way: operators are told, nothing is signed.
        _log.critical("the ledger is not sealed: %s", problem)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="ledger", queueing_lock="kernel.stamp_ledger")
def stamp_ledger(timestamp: int) -> None:
    """Have the latest checkpoint stamped; without an answer the next one will be."""
    del timestamp
    try:
        stamps.stamp()
    except (stamps.NoStamp, stamps.BadStamp) as problem:
        _log.warning("the ledger's checkpoint has no time stamp: %s", problem)


@app.periodic(cron="41 * * * *")
@app.task(queue="ledger", queueing_lock="kernel.watch_ledger")
def watch_ledger(timestamp: int) -> None:
    """Check the next stretch of the ledger; operators are told what is wrong."""
    watching.watch(at=at_of(timestamp))
