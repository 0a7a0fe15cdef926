"""Many rows become records in one transaction: new ones written, known ones put right, wrong ones named."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.db import transaction

from tinhso.definitions.registers.reading import register
from tinhso.people.types import Actor
from tinhso.registers import policies
from tinhso.registers.importing.rows import Run, work
from tinhso.registers.types import ImportReport, Source, Values

PIECE = 2000
MOST_PROBLEMS = 1000


@transaction.atomic
def import_records(
    *,
    actor: Actor,
    at: datetime,
    register_id: str,
    rows: Iterable[Values],
    reference: str,
    dry_run: bool = False,
    source: Source | None = None,
) -> ImportReport:
    """
    Write the rows: a key nobody holds is a new record, a known one is put right where it differs, the rest is
    named.

    The same rows again change nothing. Memory does not grow with the rows but for their keys.

    :param rows: field id → value, with ``@since`` and ``@until`` where a row is true of certain days only;
        numbered from 1 in the report
    :param reference: the file, as people know it
    :param dry_run: write nothing, and report what would be written
    :param source: what the records say of where they come from, where that is not the file
    :raises RegisterMissing: there is no such register
    :raises TruthIsOutside, NotYourRegister: the actor may write none of it
    """
    definition = register(register_id)

    policies.require_writer(actor=actor, definition=definition, unit_keys=[])

    run = Run(actor, at, definition, reference[:100], dry_run, source)
    waiting, total = iter(enumerate(rows, 1)), 0
    while piece := list(islice(waiting, PIECE)):
        total += len(piece)
        work(run, piece)
        del run.problems[MOST_PROBLEMS:]
    while lines := run.take_put_off():
        work(run, lines)
    counts = run.counts
    problems = tuple(sorted(run.problems[:MOST_PROBLEMS], key=lambda one: one.row))
    return ImportReport(
        total, counts.new, counts.changed, counts.same, counts.wrong, problems, counts.doubtful
    )
