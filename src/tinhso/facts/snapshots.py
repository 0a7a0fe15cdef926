"""One consistent view of all facts: files, and what changed since they were written."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, transaction

from tinhso.facts import files, reading
from tinhso.facts.actions.project import LOCK
from tinhso.facts.models import FactCursor, FactFile
from tinhso.facts.refusals import FactsAreRebuilt
from tinhso.facts.tables import TABLES, Table
from tinhso.facts.types import Checkpoint, Part, Snapshot


@contextmanager
def snapshot(tables: Sequence[str] = tuple(TABLES)) -> Iterator[Snapshot]:
    """
    Give the facts as they are; the live part lies in a folder that goes away afterwards.

    :param tables: only these
    :raises FactsAreRebuilt: they are made anew just now
    """
    with TemporaryDirectory(prefix="tinhso-facts-") as aside:
        yield _take(tables, Path(aside))


@transaction.atomic
def _take(tables: Sequence[str], aside: Path) -> Snapshot:
    _hold_shared()
    cursor = FactCursor.objects.filter(pk=1).first() or FactCursor()
    if cursor.rebuild_to > cursor.read_to:
        raise FactsAreRebuilt
    known = list(FactFile.objects.filter(table__in=tables))
    parts = {name: _part(TABLES[name], known, aside, cursor.written) for name in tables}
    return Snapshot(Checkpoint(cursor.read_to, cursor.passes, reading.holes()), parts)


def _part(table: Table, known: list[FactFile], aside: Path, written: int) -> Part:
    paths = {one.month: files.folder() / one.name for one in known if one.table == table.name}
    live = aside / f"{table.name}.csv"
    files.copy_out(table, live, where="pass_no > %s", values=(written,))
    return Part(paths, live, frozenset(files.months_since(table, written) if paths else ()))


def _hold_shared() -> None:
    """Keep facts from changing while they are looked at; many may look at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [LOCK])
