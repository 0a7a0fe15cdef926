"""Write the months that changed to Parquet, so that the live part stays small."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from django.db import transaction

from tinhso.facts import files
from tinhso.facts.engines import loaded
from tinhso.facts.models import FactCursor, FactFile
from tinhso.facts.tables import TABLES, Table
from tinhso.kernel import locks

LOCK = "facts.files"


@transaction.atomic
def write_files() -> int:
    """
    Write every month in which facts changed since the last time; return how many files.

    Rows that change meanwhile may be in a file already: whoever reads takes them from PostgreSQL all the
    same, because their pass is later than the one noted here before the first row was read.
    """
    locks.hold(LOCK)
    cursor = FactCursor.objects.filter(pk=1).first()
    if cursor is None or cursor.passes == cursor.written:
        return 0

    written = [
        FactFile(table=table.name, month=month, name=name, rows=rows)
        for table in TABLES.values()
        for month in files.months_since(table, cursor.written)
        for name, rows in [_write(table, month)]
    ]

    FactFile.objects.bulk_create(
        written, update_conflicts=True, unique_fields=["table", "month"], update_fields=["name", "rows"]
    )
    FactCursor.objects.filter(pk=1).update(written=cursor.passes)
    return len(written)


def _write(table: Table, month: date) -> tuple[str, int]:
    # A name of its own: who reads the old file goes on reading it.
    name = f"{table.name}/{files.month_name(month)}-{uuid4().hex}.parquet"
    target = files.folder() / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent) as aside:
        rows = Path(aside) / "rows.csv"
        count = files.copy_out(table, rows, where=f"{table.month} = %s", values=(month,))
        unfinished = Path(aside) / "rows.parquet"
        loaded("duckdb").to_parquet(table, rows, unfinished)
        unfinished.rename(target)
    return name, count
