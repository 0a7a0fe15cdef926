"""What happens to reports, in the past tense."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ReportOpened(Event):
    """A period of a report was opened; so many agencies are asked."""

    kind: ClassVar[str] = "report.opened"
    subject_kind: ClassVar[str] = "report_round"
    subject_field: ClassVar[str] = "round_id"

    round_id: UUID
    report: str
    period: str
    due_at: datetime
    asked: int


@dataclass(frozen=True, kw_only=True)
class OfReturn(Event):
    """Base of what happens to a return."""

    subject_kind: ClassVar[str] = "report_return"
    subject_field: ClassVar[str] = "return_id"

    return_id: UUID
    report: str
    period: str
    agency: str


@dataclass(frozen=True, kw_only=True)
class ReturnSaved(OfReturn):
    """:param lines: those that changed"""

    kind: ClassVar[str] = "report.return_saved"
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReturnSubmitted(OfReturn):
    kind: ClassVar[str] = "report.return_submitted"


@dataclass(frozen=True, kw_only=True)
class ReturnSigned(OfReturn):
    """:param is_late: it was signed first after the deadline"""

    kind: ClassVar[str] = "report.return_signed"
    version: int
    document_id: UUID
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class ReturnReceived(OfReturn):
    kind: ClassVar[str] = "report.return_received"
    version: int


@dataclass(frozen=True, kw_only=True)
class ReturnSentBack(OfReturn):
    """By the leader to the officer, or by the province to the agency."""

    kind: ClassVar[str] = "report.return_sent_back"


@dataclass(frozen=True, kw_only=True)
class ReturnCorrectionBegun(OfReturn):
    """What was signed is opened again; it counts until the next version is received."""

    kind: ClassVar[str] = "report.return_correction_begun"


@dataclass(frozen=True, kw_only=True)
class ReportSigned(Event):
    """The province's report. :param counted: returns in it; ``missing``: agencies without one"""

    kind: ClassVar[str] = "report.signed"
    subject_kind: ClassVar[str] = "report_round"
    subject_field: ClassVar[str] = "round_id"

    round_id: UUID
    report: str
    period: str
    number: int
    counted: int
    missing: int
    document_id: UUID
