"""What happens to papers and documents. Identifiers and facts only, never a name."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PaperEvent(Event):
    subject_kind: ClassVar[str] = "paper"
    subject_field: ClassVar[str] = "paper_id"

    paper_id: UUID


@dataclass(frozen=True, kw_only=True)
class PaperReceived(PaperEvent):
    kind: ClassVar[str] = "paper.received"

    media_type: str
    pages: int
    sha256: str
    scan: str


@dataclass(frozen=True, kw_only=True)
class PaperGranted(PaperEvent):
    kind: ClassVar[str] = "paper.granted"

    agency_id: UUID


@dataclass(frozen=True, kw_only=True)
class PaperRemoved(PaperEvent):
    kind: ClassVar[str] = "paper.removed"


@dataclass(frozen=True, kw_only=True)
class PaperReused(PaperEvent):
    """A paper of somebody's keeping was handed in again."""

    kind: ClassVar[str] = "paper.reused"

    kept_id: UUID


@dataclass(frozen=True, kw_only=True)
class KeptEvent(Event):
    subject_kind: ClassVar[str] = "kept_paper"
    subject_field: ClassVar[str] = "kept_id"

    kept_id: UUID


@dataclass(frozen=True, kw_only=True)
class PaperKept(KeptEvent):
    """One more paper in somebody's keeping: what the figures of saved papers count."""

    kind: ClassVar[str] = "paper.kept"

    paper_kind: str
    source: str
    document_id: UUID
    agency_id: UUID


@dataclass(frozen=True, kw_only=True)
class KeptHidden(KeptEvent):
    kind: ClassVar[str] = "paper.kept_hidden"


@dataclass(frozen=True, kw_only=True)
class KeptRestored(KeptEvent):
    kind: ClassVar[str] = "paper.kept_restored"


@dataclass(frozen=True, kw_only=True)
class ScanEvent(Event):
    subject_kind: ClassVar[str] = "scan"
    subject_field: ClassVar[str] = "scan_id"

    scan_id: UUID


@dataclass(frozen=True, kw_only=True)
class ScanTaken(ScanEvent):
    kind: ClassVar[str] = "paper.scan_taken"

    agency_id: UUID
    paper_kind: str
    pages: int


@dataclass(frozen=True, kw_only=True)
class ScanSigned(ScanEvent):
    """The officer declared that the copy shows the original, and the agency signed it."""

    kind: ClassVar[str] = "paper.scan_signed"

    document_id: UUID
    agency_id: UUID
    pages: int


@dataclass(frozen=True, kw_only=True)
class ScanDiscarded(ScanEvent):
    kind: ClassVar[str] = "paper.scan_discarded"


@dataclass(frozen=True, kw_only=True)
class DocumentEvent(Event):
    subject_kind: ClassVar[str] = "document"
    subject_field: ClassVar[str] = "document_id"

    document_id: UUID


@dataclass(frozen=True, kw_only=True)
class DocumentIssued(DocumentEvent):
    kind: ClassVar[str] = "paper.issued"

    document_kind: str
    number: str
    agency_id: UUID
    about_id: UUID | None
    sha256: str
    signatures: int
    valid_until: date | None


@dataclass(frozen=True, kw_only=True)
class DocumentSuperseded(DocumentEvent):
    kind: ClassVar[str] = "paper.superseded"

    by_document_id: UUID


@dataclass(frozen=True, kw_only=True)
class DocumentRevoked(DocumentEvent):
    kind: ClassVar[str] = "paper.revoked"


@dataclass(frozen=True, kw_only=True)
class KeyEvent(Event):
    subject_kind: ClassVar[str] = "signing_key"
    subject_field: ClassVar[str] = "key_id"

    key_id: UUID


@dataclass(frozen=True, kw_only=True)
class KeyRegistered(KeyEvent):
    kind: ClassVar[str] = "paper.key_registered"

    account_id: UUID | None
    agency_id: UUID | None
    certificate_sha256: str


@dataclass(frozen=True, kw_only=True)
class KeyRetired(KeyEvent):
    kind: ClassVar[str] = "paper.key_retired"
