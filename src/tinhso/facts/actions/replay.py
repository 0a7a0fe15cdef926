"""Facts as they were at a checkpoint, made anew beside those of today."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, transaction
from django.db.models import Model

from tinhso.facts import files, reading
from tinhso.facts.actions.project import MOST, count
from tinhso.facts.models import DossierFact, ServiceFact
from tinhso.facts.rows import KINDS
from tinhso.facts.tables import TABLES
from tinhso.facts.types import Checkpoint, Part, Snapshot

MODELS: Sequence[type[Model]] = (DossierFact, ServiceFact, *KINDS)


@contextmanager
def replayed(checkpoint: Checkpoint, tables: Sequence[str] = tuple(TABLES)) -> Iterator[Snapshot]:
    """
    Give the facts that exactly these entries of the ledger make. Nobody else sees or waits for them.

    It reads the whole ledger up to the position: minutes for millions of entries.
    """
    with TemporaryDirectory(prefix="tinhso-facts-") as aside:
        yield _made(checkpoint, tables, Path(aside))


@transaction.atomic
def _made(checkpoint: Checkpoint, tables: Sequence[str], aside: Path) -> Snapshot:
    names = [model._meta.db_table for model in MODELS]
    with connection.cursor() as cursor:
        for name in names:  # a temporary table of the same name stands before the lasting one
            cursor.execute(f"CREATE TEMPORARY TABLE {name} (LIKE {name} INCLUDING ALL)")
    try:
        for entries in reading.between(checkpoint.position, checkpoint.without, most=MOST):
            count(entries, pass_no=1)
        parts = {name: _part(name, aside) for name in tables}
    finally:
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f"DROP TABLE pg_temp.{name}")
    return Snapshot(checkpoint, parts)


def _part(name: str, aside: Path) -> Part:
    live = aside / f"{name}.csv"
    files.copy_out(TABLES[name], live, where="TRUE", values=())
    return Part({}, live, frozenset())
