"""What happens to money, in the past tense. Identifiers and amounts only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class BillEvent(Event):
    """
    Base of what happens to a bill.

    :param for_subject_id: what the bill is for, e.g. a dossier
    :param purpose_key: which of the subject's bills it is, e.g. ``on_filing``
    :param amount: đồng that this event is about
    """

    subject_kind: ClassVar[str] = "bill"
    subject_field: ClassVar[str] = "bill_id"

    bill_id: UUID
    for_subject_id: UUID
    purpose_key: str
    reference: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class BillIssued(BillEvent):
    kind: ClassVar[str] = "bill.issued"


@dataclass(frozen=True, kw_only=True)
class BillPartPaid(BillEvent):
    """Money came, and some is still missing."""

    kind: ClassVar[str] = "bill.part_paid"


@dataclass(frozen=True, kw_only=True)
class BillPaid(BillEvent):
    """The whole total is there; ``amount`` is what came last."""

    kind: ClassVar[str] = "bill.paid"


@dataclass(frozen=True, kw_only=True)
class BillReopened(BillEvent):
    """What the counter had written down was taken back by a storno: the sum is owed again."""

    kind: ClassVar[str] = "bill.reopened"


@dataclass(frozen=True, kw_only=True)
class BillCancelled(BillEvent):
    kind: ClassVar[str] = "bill.cancelled"


@dataclass(frozen=True, kw_only=True)
class BillExpired(BillEvent):
    kind: ClassVar[str] = "bill.expired"


@dataclass(frozen=True, kw_only=True)
class BillRefundOrdered(BillEvent):
    """An officer decided to give all of it back."""

    kind: ClassVar[str] = "bill.refund_ordered"


@dataclass(frozen=True, kw_only=True)
class BillRefunded(BillEvent):
    """The last đồng went back."""

    kind: ClassVar[str] = "bill.refunded"


@dataclass(frozen=True, kw_only=True)
class PaymentReceived(Event):
    """A credit was booked, whether or not a bill was found for it."""

    kind: ClassVar[str] = "payment.received"
    subject_kind: ClassVar[str] = "bank_transaction"
    subject_field: ClassVar[str] = "transaction_id"

    transaction_id: UUID
    bill_id: UUID | None
    for_subject_id: UUID | None
    amount: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class PaymentMatched(PaymentReceived):
    """A credit that matched no bill was given one by an officer."""

    kind: ClassVar[str] = "payment.matched"


@dataclass(frozen=True, kw_only=True)
class RefundEvent(BillEvent):
    """Base of what happens to one sum going back."""

    refund_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class RefundFellDue(RefundEvent):
    kind: ClassVar[str] = "refund.fell_due"


@dataclass(frozen=True, kw_only=True)
class RefundRequested(RefundEvent):
    kind: ClassVar[str] = "refund.requested"


@dataclass(frozen=True, kw_only=True)
class RefundMade(RefundEvent):
    kind: ClassVar[str] = "refund.made"


@dataclass(frozen=True, kw_only=True)
class RefundFailed(RefundEvent):
    kind: ClassVar[str] = "refund.failed"


@dataclass(frozen=True, kw_only=True)
class ShiftEvent(Event):
    """Base of what happens to a till. ``amount`` is what lay in it."""

    subject_kind: ClassVar[str] = "cash_shift"
    subject_field: ClassVar[str] = "shift_id"

    shift_id: UUID
    agency_id: UUID
    amount: int


@dataclass(frozen=True, kw_only=True)
class ShiftOpened(ShiftEvent):
    kind: ClassVar[str] = "shift.opened"


@dataclass(frozen=True, kw_only=True)
class ShiftClosed(ShiftEvent):
    """``difference``: counted less what should have been there."""

    kind: ClassVar[str] = "shift.closed"

    handed_over: int
    difference: int
