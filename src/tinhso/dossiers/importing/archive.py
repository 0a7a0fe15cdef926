"""The ZIP beside a sheet: files that rows name, each looked at before it is taken."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from uuid import UUID
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from tinhso.dossiers.importing.limits import (
    MOST_FILES,
    MOST_FILES_UNPACKED,
    ArchiveTooLarge,
    ArchiveUnreadable,
)
from tinhso.kernel import files
from tinhso.kernel.refusals import Refusal
from tinhso.kernel.text import fold
from tinhso.papers.inspecting import inspect
from tinhso.papers.rules import rules

IN_MEMORY = 1024**2
CHUNK = 64 * 1024
_ENCRYPTED = 1


class Archive:
    """
    Files by name: the whole path, or the last part of it where only one file is called so.

    What was found wrong with a file is remembered: a thousand rows may name the same one.
    """

    def __init__(self, zipped: ZipFile) -> None:
        self._zipped = zipped
        self._found: dict[str, ZipInfo | None] = {}
        self._said: dict[str, str] = {}
        for info in zipped.infolist():
            if not info.is_dir():
                self._name(info)

    def problem(self, name: str) -> str:
        """Return what keeps the file from being taken, as a sentence; empty when nothing does."""
        if name not in self._said:
            self._said[name] = self._look(name)
        return self._said[name]

    def open(self, name: str) -> BinaryIO:
        """Return the unpacked file; its caller closes it. :raises KeyError: there is none"""
        info = self._found[fold(name)]
        if info is None:
            raise KeyError(name)
        target = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the caller closes it)
        with self._zipped.open(info) as packed:
            while chunk := packed.read(CHUNK):
                target.write(chunk)
        target.seek(0)
        return cast(BinaryIO, target)

    def _name(self, info: ZipInfo) -> None:
        last = fold(info.filename.rpartition("/")[2])
        # Of two files with one name in two folders nobody can say which is meant.
        self._found[last] = None if last in self._found else info
        self._found[fold(info.filename)] = info

    def _look(self, name: str) -> str:
        if fold(name) not in self._found:
            return _("Không có tệp «%(name)s» trong tệp ZIP. Hãy kiểm tra tên tệp.") % {"name": name}
        info = self._found[fold(name)]
        if info is None:
            said = _("Tệp ZIP có nhiều tệp tên «%(name)s». Hãy ghi cả tên thư mục.")
            return said % {"name": name}
        if info.file_size > rules().upload.max_bytes:
            said = _("Tệp «%(name)s» lớn hơn %(size)s MB. Hãy giảm dung lượng.")
            return said % {"name": name, "size": rules().upload.max_bytes // 1024**2}
        try:
            with self.open(name) as content:
                inspect(content, name=name.rpartition("/")[2], rules=rules().upload)
        except (BadZipFile, NotImplementedError, OSError, EOFError):
            return _("Không giải nén được tệp «%(name)s». Hãy nén lại.") % {"name": name}
        except Refusal as refusal:
            return f"«{name}»: {refusal.sentence()}"
        return ""


def require_sound(content: BinaryIO) -> None:
    """:raises ArchiveUnreadable, ArchiveTooLarge: it is no ZIP, needs a password, or unpacks to too much"""
    content.seek(0)
    try:
        with ZipFile(content) as zipped:
            parts = zipped.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise ArchiveUnreadable from problem
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise ArchiveUnreadable
    if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > MOST_FILES_UNPACKED:
        raise ArchiveTooLarge(files=MOST_FILES, size=MOST_FILES_UNPACKED // 1024**3)
    content.seek(0)


@contextmanager
def opened(file_id: UUID | None) -> Iterator[Archive | None]:
    """Open what was kept; none when nothing was."""
    if file_id is None:
        yield None
        return
    with files.open_file(file_id) as content, ZipFile(content) as zipped:
        yield Archive(zipped)
