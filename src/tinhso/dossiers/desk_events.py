"""What happens to exports, batches, ready sentences and sheets of the desk. Identifiers only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ExportEvent(Event):
    subject_kind: ClassVar[str] = "export"
    subject_field: ClassVar[str] = "export_id"

    export_id: UUID


@dataclass(frozen=True, kw_only=True)
class ExportAsked(ExportEvent):
    """:param selection: which list of dossiers or records; without what was typed into the search"""

    kind: ClassVar[str] = "export.asked"

    format: str
    selection: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class ExportMade(ExportEvent):
    """The file is there; whose data are in it stands in the log of looks. :param dossiers: or records"""

    kind: ClassVar[str] = "export.made"

    dossiers: int
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ExportFailed(ExportEvent):
    kind: ClassVar[str] = "export.failed"

    problem: str


@dataclass(frozen=True, kw_only=True)
class ExportCancelled(ExportEvent):
    kind: ClassVar[str] = "export.cancelled"


@dataclass(frozen=True, kw_only=True)
class ExportFetched(ExportEvent):
    """The officer took the file away."""

    kind: ClassVar[str] = "export.fetched"


@dataclass(frozen=True, kw_only=True)
class ExportExpired(ExportEvent):
    """Its day is over, and the file is deleted."""

    kind: ClassVar[str] = "export.expired"


@dataclass(frozen=True, kw_only=True)
class BatchEvent(Event):
    subject_kind: ClassVar[str] = "batch"
    subject_field: ClassVar[str] = "batch_id"

    batch_id: UUID


@dataclass(frozen=True, kw_only=True)
class BatchAsked(BatchEvent):
    """:param act: ``claim``, ``hand_over``, ``sign`` or ``step_back``"""

    kind: ClassVar[str] = "batch.asked"

    act: str
    items: int


@dataclass(frozen=True, kw_only=True)
class BatchCancelled(BatchEvent):
    """:param items: dossiers that were left as they are"""

    kind: ClassVar[str] = "batch.cancelled"

    items: int


@dataclass(frozen=True, kw_only=True)
class BatchFinished(BatchEvent):
    kind: ClassVar[str] = "batch.finished"

    done: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class ReasonTemplateEvent(Event):
    subject_kind: ClassVar[str] = "reason_template"
    subject_field: ClassVar[str] = "template_id"

    template_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReasonTemplateWritten(ReasonTemplateEvent):
    kind: ClassVar[str] = "reason_template.written"

    agency_id: UUID
    act: str


@dataclass(frozen=True, kw_only=True)
class ReasonTemplateStruck(ReasonTemplateEvent):
    kind: ClassVar[str] = "reason_template.struck"


@dataclass(frozen=True, kw_only=True)
class ImportEvent(Event):
    subject_kind: ClassVar[str] = "import"
    subject_field: ClassVar[str] = "import_id"

    import_id: UUID


@dataclass(frozen=True, kw_only=True)
class SheetReceived(ImportEvent):
    """:param sha256: of the sheet as it came"""

    kind: ClassVar[str] = "import.received"

    procedure: str
    agency_id: UUID
    sha256: str


@dataclass(frozen=True, kw_only=True)
class SheetMapped(ImportEvent):
    """An officer said what the columns hold; the rows are checked from then on."""

    kind: ClassVar[str] = "import.mapped"

    columns: int


@dataclass(frozen=True, kw_only=True)
class SheetChecked(ImportEvent):
    kind: ClassVar[str] = "import.checked"

    rows: int
    sound: int


@dataclass(frozen=True, kw_only=True)
class ImportConfirmed(ImportEvent):
    """An officer let the sound rows be filed."""

    kind: ClassVar[str] = "import.confirmed"

    rows: int


@dataclass(frozen=True, kw_only=True)
class ImportDone(ImportEvent):
    kind: ClassVar[str] = "import.done"

    filed: int


@dataclass(frozen=True, kw_only=True)
class ImportCancelled(ImportEvent):
    """What was filed before stays filed."""

    kind: ClassVar[str] = "import.cancelled"


@dataclass(frozen=True, kw_only=True)
class ImportFailed(ImportEvent):
    kind: ClassVar[str] = "import.failed"

    problem: str
