"""What happens to records, in the past tense. Identifiers, days and digests; never a value."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class RecordEvent(Event):
    """
    :param number: the envelope's number of the newest version
    :param digests: of the versions it wrote, so that the ledger proves them
    """

    subject_kind: ClassVar[str] = "record"
    subject_field: ClassVar[str] = "record_id"

    record_id: UUID
    register: str
    number: int
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordEntered(RecordEvent):
    kind: ClassVar[str] = "record.entered"

    source: str
    reference: str
    since: date


@dataclass(frozen=True, kw_only=True)
class RecordCorrected(RecordEvent):
    """:param until: the first day it does not reach; none while it lasts"""

    kind: ClassVar[str] = "record.corrected"

    fields: tuple[str, ...]
    since: date | None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class PastCorrected(RecordCorrected):
    kind: ClassVar[str] = "record.past_corrected"


@dataclass(frozen=True, kw_only=True)
class RecordCancelled(RecordEvent):
    kind: ClassVar[str] = "record.cancelled"

    since: date | None


@dataclass(frozen=True, kw_only=True)
class RecordRestored(RecordEvent):
    kind: ClassVar[str] = "record.restored"

    since: date | None


@dataclass(frozen=True, kw_only=True)
class RecordsMerged(RecordEvent):
    """The subject is the record that was merged; ``into_id`` stays."""

    kind: ClassVar[str] = "record.merged"

    into_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecordSplit(RecordEvent):
    kind: ClassVar[str] = "record.split"

    part_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class EnvelopeReceived(RecordEvent):
    """:param event: NEW, UPDATE or CANCEL; ``taken`` is False where it had been seen before"""

    kind: ClassVar[str] = "record.envelope_received"

    event: str
    sent_number: int
    taken: bool


@dataclass(frozen=True, kw_only=True)
class RecordConfirmed(RecordEvent):
    kind: ClassVar[str] = "record.confirmed"


@dataclass(frozen=True, kw_only=True)
class RecordsImported(Event):
    """:param digest: SHA-256 over the digests of the versions, in the order they were written"""

    kind: ClassVar[str] = "register.imported"
    subject_kind: ClassVar[str] = "register"
    subject_field: ClassVar[str] = "import_id"

    import_id: UUID
    register: str
    reference: str
    records: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class RecordsExported(Event):
    """
    Somebody took a list of records away as a file.

    :param unit: code of the unit it was narrowed to; ``narrowed_by``: the fields it was narrowed by
    """

    kind: ClassVar[str] = "register.exported"
    subject_kind: ClassVar[str] = "register"
    subject_field: ClassVar[str] = "export_id"

    export_id: UUID
    register: str
    format: str
    valid_on: date
    unit: str
    narrowed_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ImportEvent(Event):
    """A file on its way into a register."""

    subject_kind: ClassVar[str] = "register_import"
    subject_field: ClassVar[str] = "import_id"

    import_id: UUID


@dataclass(frozen=True, kw_only=True)
class FileReceived(ImportEvent):
    """:param sha256: of the file"""

    kind: ClassVar[str] = "register.file_received"

    register: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class FileChecked(ImportEvent):
    kind: ClassVar[str] = "register.file_checked"

    rows: int
    wrong: int


@dataclass(frozen=True, kw_only=True)
class FileConfirmed(ImportEvent):
    kind: ClassVar[str] = "register.file_confirmed"

    rows: int


@dataclass(frozen=True, kw_only=True)
class FileLoaded(ImportEvent):
    kind: ClassVar[str] = "register.file_loaded"

    new: int
    changed: int
    wrong: int


@dataclass(frozen=True, kw_only=True)
class FileStopped(ImportEvent):
    """:param problem: why it broke off; empty where a person stopped it"""

    kind: ClassVar[str] = "register.file_stopped"

    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class QualityMeasured(Event):
    """Every record of a register was checked against its rules."""

    kind: ClassVar[str] = "register.quality_measured"
    subject_kind: ClassVar[str] = "register"
    subject_field: ClassVar[str] = "measuring_id"

    measuring_id: UUID
    register: str
    on: date
    records: int


@dataclass(frozen=True, kw_only=True)
class TwinsSought(Event):
    """Records that may be there twice were looked for."""

    kind: ClassVar[str] = "register.twins_sought"
    subject_kind: ClassVar[str] = "register"
    subject_field: ClassVar[str] = "search_id"

    search_id: UUID
    register: str
    found: int


@dataclass(frozen=True, kw_only=True)
class TwinsDecided(Event):
    """A person said whether two records are about one thing."""

    kind: ClassVar[str] = "register.twins_decided"
    subject_kind: ClassVar[str] = "likely_twin"
    subject_field: ClassVar[str] = "twin_id"

    twin_id: UUID
    register: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class RetentionReviewed(Event):
    """Records whose time of keeping is over were looked for."""

    kind: ClassVar[str] = "register.retention_reviewed"
    subject_kind: ClassVar[str] = "register"
    subject_field: ClassVar[str] = "review_id"

    review_id: UUID
    register: str
    found: int


@dataclass(frozen=True, kw_only=True)
class RetentionDecided(Event):
    """A person said whether a record goes. :param digests: of all its versions, as they were"""

    kind: ClassVar[str] = "register.retention_decided"
    subject_kind: ClassVar[str] = "retention_review"
    subject_field: ClassVar[str] = "review_id"

    review_id: UUID
    register: str
    record_id: UUID
    decision: str
    digests: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RegisterAsked(Event):
    """Registers were asked instead of a person."""

    kind: ClassVar[str] = "register.asked"
    subject_kind: ClassVar[str] = "draft"
    subject_field: ClassVar[str] = "draft_id"

    draft_id: UUID
    questions: tuple[str, ...]
    version_ids: tuple[UUID, ...]
