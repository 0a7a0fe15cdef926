"""What others may know of receipts and of the comparison of the books: frozen views, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class ReceiptKind(StrEnum):
    ORIGINAL = "original"
    REPLACEMENT = "replacement"
    ADJUSTMENT = "adjustment"


class DutyState(StrEnum):
    """``dropped``: the money went before the receipt was made, so there is nothing to give."""

    OWED = "owed"
    ISSUED = "issued"
    DROPPED = "dropped"


class Channel(StrEnum):
    """By which way money came; ``receipt`` compares the bills with the electronic receipts."""

    BANK = "bank"
    PLATFORM = "platform"
    CARD = "card"
    CASH = "cash"
    RECEIPT = "receipt"


class DifferenceKind(StrEnum):
    LATE_CALLBACK = "late_callback"
    MISSING_CALLBACK = "missing_callback"
    MISSING_AT_BANK = "missing_at_bank"
    NOT_BOOKED = "not_booked"
    WRONG_AMOUNT = "wrong_amount"
    UNKNOWN_BILL = "unknown_bill"
    REFUND_IN_FLIGHT = "refund_in_flight"
    REFUND_FAILED = "refund_failed"
    REFUND_MADE = "refund_made"
    MONEY_OUT = "money_out"
    PASSED_ON = "passed_on"
    NOT_PASSED_ON = "not_passed_on"
    WAITS_FOR_PLATFORM = "waits_for_platform"
    MISSING_IN_BATCH = "missing_in_batch"
    NO_STATEMENT = "no_statement"
    TILL_SHORT = "till_short"
    TILL_OVER = "till_over"
    TILL_OPEN = "till_open"
    STORNO = "storno"
    BILL_WITHOUT_RECEIPT = "bill_without_receipt"
    RECEIPT_TOO_MUCH = "receipt_too_much"


class DifferenceState(StrEnum):
    """``settled``: counted again, it is not there any more."""

    OPEN = "open"
    EXPLAINED = "explained"
    CLOSED = "closed"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class FeeReceiptView:
    """
    An electronic receipt.

    :param number: with leading zeros, as printed
    :param state: ``valid``, ``replaced`` or ``adjusted``
    :param content: payer, lines and words, as printed
    """

    id: UUID
    kind: ReceiptKind
    agency_id: UUID
    form: str
    symbol: str
    number: str
    bill_id: UUID
    subject_id: UUID
    total: int
    issued_at: datetime
    note: str
    about_number: str
    state: str
    document_id: UUID
    verify_url: str
    xml_sha256: str
    payer: str

    @property
    def title(self) -> str:
        """Return form, symbol and number in one line."""
        return f"{self.form} {self.symbol} {self.number}"


@dataclass(frozen=True, slots=True)
class Found:
    """
    One difference, as computed.

    :param is_explained: what the program knows explains it; False leaves it to a person
    :param facts: for the sentence; numbers, references, moments as text
    """

    key: str
    kind: DifferenceKind
    amount: int
    is_explained: bool
    facts: Mapping[str, str | int]
    assigned_account_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """What was booked and told of one channel in a day, and every difference between the two."""

    booked_count: int
    booked_sum: int
    told_count: int
    told_sum: int
    is_told: bool
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """``sentence``: what it is and why, or what to do about it."""

    id: UUID
    kind: DifferenceKind
    amount: int
    sentence: str
    state: DifferenceState
    assigned_account_id: UUID | None
    note: str
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.state is DifferenceState.OPEN


@dataclass(frozen=True, slots=True)
class DayReportView:
    """One channel of one day of one agency. Sums in đồng."""

    id: UUID
    agency_id: UUID
    day: date
    channel: Channel
    booked_count: int
    booked_sum: int
    told_count: int
    told_sum: int
    is_told: bool
    computed_at: datetime
    differences: tuple[DifferenceView, ...]

    @property
    def gap(self) -> int:
        """Return booked less told."""
        return self.booked_sum - self.told_sum

    @property
    def open_count(self) -> int:
        return sum(one.is_open for one in self.differences)
