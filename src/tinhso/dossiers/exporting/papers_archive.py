"""The papers of dossiers as one archive: a folder for each dossier, named by its code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from tinhso.dossiers.exporting.limits import MOST_BYTES, ArchiveTooLarge
from tinhso.kernel import files
from tinhso.kernel.keyring import MissingKey
from tinhso.kernel.refusals import NotFound
from tinhso.kernel.sealing import CHUNK, DamagedFile
from tinhso.papers import queries as papers
from tinhso.papers.types import PaperView
from tinhso.people.types import Actor

ZIP_TYPE = "application/zip"
_UNSAFE = re.compile(r"[^\w.-]+")
READ_ONLY = 0o600 << 16


@dataclass(slots=True)
class Archive:
    """
    Writes papers one after the other, opened as they are copied.

    :param left_out: papers the officer may not read, or whose bytes are damaged
    """

    target: ZipFile
    actor: Actor
    size: int = 0
    left_out: int = 0

    def add(self, *, code: str, parts: dict[str, list[str]]) -> None:
        """
        Add the papers of one dossier, each under the part it was handed in for.

        :raises ArchiveTooLarge: with these it would be
        """
        wanted = {UUID(paper): part for part, ids in sorted(parts.items()) for paper in ids}
        seen = {view.id: view for view in papers.papers(actor=self.actor, paper_ids=tuple(wanted))}
        self.left_out += len(wanted) - len(seen)
        for number, (paper_id, part) in enumerate(wanted.items(), start=1):
            if (view := seen.get(paper_id)) is not None:
                self._add(f"{_safe(code)}/{number:02d}-{_safe(part)}-{_safe(view.file_name)}", view)

    def _add(self, name: str, view: PaperView) -> None:
        self.size += view.size
        if self.size > MOST_BYTES:
            raise ArchiveTooLarge(most=MOST_BYTES // 1024**3)
        info = ZipInfo(name, date_time=view.received_at.timetuple()[:6])
        # Pictures and PDFs are compressed already.
        info.compress_type, info.external_attr, info.file_size = ZIP_STORED, READ_ONLY, view.size
        try:
            content = files.open_file(view.file_id)
        except (NotFound, DamagedFile, MissingKey):
            self.left_out += 1
            return
        with content, self.target.open(info, "w") as entry:
            for chunk in _chunks(content):
                entry.write(chunk)


def _chunks(content: BinaryIO) -> Iterator[bytes]:
    while chunk := content.read(CHUNK):
        yield chunk


def _safe(text: str) -> str:
    """Return a part of a file's name that no system takes for a folder or a device."""
    return _UNSAFE.sub("-", text).strip(".-")[:80] or "tep"
