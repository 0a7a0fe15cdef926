"""The files of an envelope, fetched before any row is locked: nobody waits for a slow network."""

import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from tinhso.dossiers.models import Dossier
from tinhso.exchange.actions import open_envelope as opening
from tinhso.exchange.models import WAITING, Envelope
from tinhso.exchange.national_portal.client import FileGone, Portal, the_portal
from tinhso.exchange.national_portal.contract import FileOfTheirs
from tinhso.exchange.types import Trouble, Why
from tinhso.people.types import Actor


def fetch_and_open(*, actor: Actor, at: datetime, envelope_id: str) -> None:
    """Open an envelope with whatever of its files can be had now."""
    envelope = Envelope.objects.filter(pk=envelope_id, state__in=WAITING).first()
    if envelope is None:
        return
    with TemporaryDirectory(prefix="tinhso-portal-") as folder:
        files, lost = _fetch_all(envelope, Path(folder), at=at)
        opening.open_envelope(
            actor=actor, at=at, envelope_id=UUID(str(envelope.pk)), files=files, lost=tuple(lost)
        )


def _fetch_all(envelope: Envelope, folder: Path, *, at: datetime) -> tuple[dict[str, Path], list[Trouble]]:
    reading = opening.reading_of(envelope)
    is_known = Dossier.objects.filter(national_code=envelope.code).exists()
    if reading.troubles(at=at) and not is_known:
        # It will not be opened now; a human looks first.
        return {}, []
    files: dict[str, Path] = {}
    lost: list[Trouble] = []
    portal = the_portal()
    for number, file in enumerate(reading.theirs.files):
        if reading.paper_of(file) == "":
            continue
        try:
            files[file.key] = _fetch(portal, file, folder / str(number))
        except FileGone as problem:
            about = (file.TenTepDinhKem or file.key)[:200]
            lost.append(Trouble(Why.FILE_MISSING, file.key[:300], f"{about}: {problem}"[:300]))
    return files, lost


def _fetch(portal: Portal, file: FileOfTheirs, target: Path) -> Path:
    with portal.fetch(file.DuongDanTaiTepTin) as content, target.open("wb") as kept:
        shutil.copyfileobj(content, kept)
    return target
