"""What proves a value or a report: a document's number and day, an address, a file; at least one of them."""

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from tinhso.kernel import files
from tinhso.kernel.clock import local
from tinhso.kernel.models import StoredFile
from tinhso.kernel.text import normalise
from tinhso.papers.inspecting import inspect, safe_name
from tinhso.papers.refusals import EmptyFile, Infected, TooLarge
from tinhso.papers.rules import rules as paper_rules
from tinhso.papers.scanning import scan
from tinhso.plans.refusals import DayToCome, LinkUnreadable, NoProof

CHUNK = 256 * 1024
IN_MEMORY = 2 * 1024 * 1024
LONGEST_LINK, LONGEST_NUMBER, LONGEST_NOTE = 500, 120, 2000


@dataclass(frozen=True, slots=True)
class Proof:
    """
    What is given as proof.

    :param link: http or https
    :param content: of a file, with ``file_name``
    """

    document_number: str = ""
    document_on: date | None = None
    link: str = ""
    note: str = ""
    file_name: str = ""
    content: BinaryIO | None = None

    @property
    def is_there(self) -> bool:
        return bool(self.document_number.strip() or self.link.strip() or self.content)


def kept(proof: Proof, *, at: datetime, is_needed: bool) -> dict[str, Any]:
    """
    Check the proof and keep its file; return the columns of ``Evidence``.

    :raises NoProof: nothing proves it and something must
    :raises LinkUnreadable, DayToCome: what is given makes no sense
    :raises WrongType, TooLarge, BrokenFile: and what else keeps a file from being taken
    """
    if is_needed and not proof.is_there:
        raise NoProof
    link = proof.link.strip()[:LONGEST_LINK]
    if link and (urlsplit(link).scheme not in ("http", "https") or not urlsplit(link).netloc):
        raise LinkUnreadable
    if proof.document_on and proof.document_on > local(at).date():
        raise DayToCome(day=proof.document_on.strftime("%d/%m/%Y"))
    file, name = _file(proof) if proof.content else (None, "")
    return {
        "document_number": normalise(proof.document_number)[:LONGEST_NUMBER],
        "document_on": proof.document_on,
        "link": link,
        "note": normalise(proof.note)[:LONGEST_NOTE],
        "file": file,
        "file_name": name,
    }


def _file(proof: Proof) -> tuple[StoredFile, str]:
    assert proof.content is not None
    name, upload = proof.file_name, paper_rules().upload
    with cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)) as spooled:
        size = 0
        while chunk := proof.content.read(CHUNK):
            size += len(chunk)
            if size > upload.max_bytes:
                raise TooLarge(name=name, limit=upload.max_bytes // 1024 // 1024)
            spooled.write(chunk)
        if size == 0:
            raise EmptyFile(name=name)
        found = inspect(spooled, name=name, rules=upload)
        scanned = scan(spooled)
        if scanned.is_infected:
            raise Infected(name=name, signature=scanned.signature)
        spooled.seek(0)
        return files.store(content=spooled, media_type=found.media_type), safe_name(name, found.media_type)
