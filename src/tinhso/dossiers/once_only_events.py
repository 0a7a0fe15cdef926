"""What filing asked of people, as it happened."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class FilingMeasured(Event):
    """How much a filing asked of its applicant, and how much data spared them."""

    kind: ClassVar[str] = "filing.measured"
    subject_kind: ClassVar[str] = "filing_effort"
    subject_field: ClassVar[str] = "effort_id"

    effort_id: UUID
    dossier_id: UUID
    procedure: str
    questions: int
    proved: int
    prefilled: int
    differing: int
    papers: int
    saved: int
    reused: int
