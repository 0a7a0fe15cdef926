"""What happens to receipts and to the comparison of the books. Identifiers and amounts only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class FeeReceiptIssued(Event):
    """``about_id``: the receipt that it replaces or adjusts."""

    kind: ClassVar[str] = "fee_receipt.issued"
    subject_kind: ClassVar[str] = "fee_receipt"
    subject_field: ClassVar[str] = "receipt_id"

    receipt_id: UUID
    receipt_kind: str
    bill_id: UUID
    agency_id: UUID
    number: str
    amount: int
    xml_sha256: str
    about_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DayCompared(Event):
    """The books of an agency were compared with what others say. Only told when something changed."""

    kind: ClassVar[str] = "day.compared"
    subject_kind: ClassVar[str] = "agency"
    subject_field: ClassVar[str] = "agency_id"

    agency_id: UUID
    day: str
    open_differences: int


@dataclass(frozen=True, kw_only=True)
class DifferenceEvent(Event):
    """Base of what people do with a difference."""

    subject_kind: ClassVar[str] = "day_difference"
    subject_field: ClassVar[str] = "difference_id"

    difference_id: UUID
    amount: int


@dataclass(frozen=True, kw_only=True)
class DifferenceAssigned(DifferenceEvent):
    kind: ClassVar[str] = "difference.assigned"

    to_account_id: UUID


@dataclass(frozen=True, kw_only=True)
class DifferenceClosed(DifferenceEvent):
    """Somebody found out what it was, and wrote it down."""

    kind: ClassVar[str] = "difference.closed"
