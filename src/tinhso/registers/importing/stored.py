"""The bytes of an import, on disk for as long as they are read: GDAL opens nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import BinaryIO

from tinhso.kernel import files
from tinhso.registers.importing.reading import read_sheet
from tinhso.registers.importing.sheets import Sheet
from tinhso.registers.models import RegisterImport


@contextmanager
def stored_sheet(row: RegisterImport) -> Iterator[Sheet]:
    """Yield the file's rows. :raises NotFound: the file's time is over"""
    assert row.file_id is not None
    with files.open_file(row.file_id) as content, on_disk(content, row.file_name) as path:
        yield read_sheet(path, name=row.file_name)


@contextmanager
def on_disk(content: BinaryIO, name: str) -> Iterator[Path]:
    """Yield the bytes as a file that only this account reads and that is gone afterwards."""
    with TemporaryDirectory(prefix="import-") as folder:
        path = Path(folder) / f"file{Path(name).suffix.lower()}"
        with path.open("wb") as copy:
            copyfileobj(content, copy)
        yield path
