"""Take in a file."""

import hashlib
import tempfile
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, cast
from uuid import UUID

from django.db import transaction

from tinhso.kernel import files, ledger, locks
from tinhso.kernel.models import StoredFile
from tinhso.papers import policies
from tinhso.papers.events import PaperReceived
from tinhso.papers.inspecting import Inspected, inspect, safe_name
from tinhso.papers.models import Paper
from tinhso.papers.pictures import FORMATS, display_copy
from tinhso.papers.refusals import EmptyFile, Infected, TooLarge
from tinhso.papers.rules import UploadRules, rules
from tinhso.papers.scanning import Scan, scan
from tinhso.papers.types import CameFrom, PaperView
from tinhso.papers.views import PAPER_WITH, paper_view
from tinhso.people.types import Actor

CHUNK = 256 * 1024
JPEG = "image/jpeg"
IN_MEMORY = 2 * 1024 * 1024


@transaction.atomic
def receive_paper(
    *,
    actor: Actor,
    at: datetime,
    owner_person_id: UUID,
    file_name: str,
    content: BinaryIO,
    client_key: str = "",
    came_from: CameFrom = CameFrom.UPLOAD,
) -> PaperView:
    """
    Keep the file as it came, with an upright copy for screens when it is a picture.

    The same file again for the same owner and ``client_key`` is the same paper. Reading stops at the limit.

    :param client_key: the sender's name for this upload, up to 80 characters; one file may be several papers
    :param came_from: how the file was got; an officer's word for it, or a connector's
    :raises NotAllowed: the actor may not hand in for this person
    :raises WrongType, TooLarge, TooManyPages, TooManyPixels, BrokenFile, EncryptedFile: nothing is kept
    :raises ActiveContent, Infected, EmptyFile: nothing is kept
    """
    policies.require_owner(actor=actor, owner_person_id=owner_person_id)
    upload = rules().upload

    with cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)) as spooled:
        sha256 = _spool(content, spooled, name=file_name, limit=upload.max_bytes)

        locks.hold(f"paper/{owner_person_id}")
        known = _known(owner_person_id, sha256, client_key)
        if known is not None:
            return paper_view(known)

        found = inspect(spooled, name=file_name, rules=upload)
        scanned = _scan(spooled, name=file_name)

        paper = Paper(
            owner_id=owner_person_id,
            sha256=sha256,
            client_key=client_key,
            came_from=came_from,
            received_at=at,
        )
        _fill(paper, spooled, found=found, scanned=scanned, name=file_name, upload=upload)

    event = PaperReceived(
        paper_id=paper.id, media_type=paper.media_type, pages=paper.pages, sha256=sha256, scan=paper.scan
    )
    ledger.record(actor=actor, at=at, event=event)
    return paper_view(paper)


def _spool(content: BinaryIO, target: BinaryIO, *, name: str, limit: int) -> str:
    """Copy at most ``limit`` bytes; return their SHA-256. :raises TooLarge: there are more"""
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise TooLarge(name=name, limit=limit // (1024 * 1024))
        digest.update(chunk)
        target.write(chunk)
    if size == 0:
        raise EmptyFile(name=name)
    return digest.hexdigest()


def _known(owner_person_id: UUID, sha256: str, client_key: str) -> Paper | None:
    rows = Paper.objects.filter(owner_id=owner_person_id, sha256=sha256, client_key=client_key)
    return rows.select_related(*PAPER_WITH).first()


def _scan(content: BinaryIO, *, name: str) -> Scan:
    scanned = scan(content)
    if scanned.is_infected:
        raise Infected(name=name, signature=scanned.signature)
    return scanned


def _fill(
    paper: Paper, content: BinaryIO, *, found: Inspected, scanned: Scan, name: str, upload: UploadRules
) -> None:
    paper.file_name = safe_name(name, found.media_type)
    paper.media_type, paper.pages = found.media_type, found.pages
    paper.flags, paper.scan = list(found.flags), scanned.state
    if found.media_type in FORMATS:
        paper.display, paper.preview = _derive(content, found.media_type, name=name, upload=upload)
    content.seek(0)
    paper.original = files.store(content=content, media_type=found.media_type)
    paper.save(force_insert=True)


def _derive(
    content: BinaryIO, media_type: str, *, name: str, upload: UploadRules
) -> tuple[StoredFile, StoredFile]:
    """Store the copy for the screen, and the small one made from it."""
    large = display_copy(
        content, media_type=media_type, name=name, max_pixels=upload.max_pixels, edge=upload.display_edge
    )
    small = display_copy(
        BytesIO(large), media_type=JPEG, name=name, max_pixels=upload.max_pixels, edge=upload.preview_edge
    )
    return (
        files.store(content=BytesIO(large), media_type=JPEG),
        files.store(content=BytesIO(small), media_type=JPEG),
    )
