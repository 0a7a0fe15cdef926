"""``tinhso worker``: carries out the jobs."""

from threading import Event

import click

from tinhso.cli import _django


@click.command()
@click.option("--queue", "queues", multiple=True, help="Only this queue; may be repeated. None: all.")
@click.option("--concurrency", default=4, show_default=True, type=click.IntRange(1, 64))
@click.option("--until-idle", is_flag=True, help="Stop when nothing is left to do.")
def command(queues: tuple[str, ...], concurrency: int, until_idle: bool) -> None:
    """Carry out jobs, and keep facts and figures beside the ledger, until stopped."""
    jobs = _django.load("tinhso.kernel.jobs")
    followers = [_django.load(f"tinhso.{room}.following") for room in ("facts", "indicators")]
    if until_idle:
        jobs.run_worker(queues=queues, concurrency=concurrency, wait=False)
        return
    stop = Event()
    beside = [one.beside(stop) for one in followers]
    try:
        jobs.run_worker(queues=queues, concurrency=concurrency)
    finally:
        stop.set()
        for thread in beside:
            thread.join(timeout=10)
