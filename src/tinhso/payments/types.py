"""What others may know of bills and money: frozen views, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tinhso.payments.states import BillState, Means, Outcome, RefundReason, RefundState


@dataclass(frozen=True, slots=True)
class CollectingAccount:
    """Where the money goes: BIN of the bank, account number, name of the holder."""

    bin: str
    number: str
    name: str

    @classmethod
    def of(cls, entry: Mapping[str, str]) -> "CollectingAccount":
        """Read an entry of ``AgencyView.accounts``. :raises KeyError: a part is missing"""
        return cls(bin=entry["bin"], number=entry["number"], name=entry["name"])


@dataclass(frozen=True, slots=True)
class BillLine:
    """
    One fee.

    :param amount: đồng to pay, 0 for one that is waived and still shown
    :param law: where it stands
    :param kind: ``fee`` (phí) or ``charge`` (lệ phí)
    :param full: đồng before the relief; None where there is none
    :param relief: why less or nothing is asked, for the payer
    :param relief_law: where that stands
    """

    code: str
    name: str
    amount: int
    law: str = ""
    kind: str = "charge"
    full: int | None = None
    relief: str = ""
    relief_law: str = ""


@dataclass(frozen=True, slots=True)
class PaidFor:
    """What a bill is for, as the portal's platform wants to know it; told by who asks for the money."""

    dossier_code: str
    procedure_code: str
    procedure_name: str
    agency_code: str
    agency_name: str
    payer_name: str
    payer_personal_id: str
    payer_address: str


@dataclass(frozen=True, slots=True)
class DueAtPlatform:
    """
    What the platform is told when it looks a dossier up.

    :param lookup_code: ``MaTraCuuTT``, under which it reports the payment
    :param info: ``bill_info`` of the contract
    """

    lookup_code: str
    amount: int
    info: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BillView:
    """
    A bill with all a payment page shows.

    :param missing: đồng still to pay; 0 unless the bill is open
    :param reference: what the payer writes as the purpose of the transfer
    :param payload: VietQR text for what is missing; give it to ``pictures.as_svg``
    :param receipt_number: of the counter's receipt, when it was paid there
    """

    id: UUID
    reference: str
    subject_id: UUID
    purpose_key: str
    payer_person_id: UUID
    agency_id: UUID
    account: CollectingAccount
    bank_name: str
    lines: tuple[BillLine, ...]
    total: int
    received: int
    missing: int
    state: BillState
    payload: str
    issued_at: datetime
    expires_at: datetime
    paid_at: datetime | None
    receipt_number: str = ""

    @property
    def is_open(self) -> bool:
        return self.state.is_open

    @property
    def is_paid(self) -> bool:
        """Say whether the total is there and nobody asked for it back."""
        return self.state is BillState.PAID


@dataclass(frozen=True, slots=True)
class RefundView:
    """
    A sum due back.

    :param by_cash: it goes over the counter, not through the bank
    :param by_hand: it goes by the card terminal or a transfer order, and its number is written down
    """

    id: UUID
    bill_id: UUID
    bill_reference: str
    amount: int
    reason: RefundReason
    state: RefundState
    by_cash: bool
    by_hand: bool
    due_at: datetime
    made_at: datetime | None
    bank_refund_id: str
    note: str
    last_error: str


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """Money taken at the counter. ``taken_back``: why, where a storno took it back."""

    id: UUID
    number: str
    bill_id: UUID
    bill_reference: str
    subject_id: UUID
    amount: int
    means: Means
    terminal: str
    approval_code: str
    taken_at: datetime
    taken_back: str

    @property
    def is_cash(self) -> bool:
        return self.means is Means.CASH


@dataclass(frozen=True, slots=True)
class ShiftView:
    """
    A till from opening to handing over. Sums in đồng.

    :param card: taken by card, which is in no till
    :param expected: cash that should lie in it: opening, and what came, less what went back
    """

    id: UUID
    agency_id: UUID
    account_id: UUID
    opened_at: datetime
    opening: int
    cash: int
    card: int
    taken_back: int
    paid_out: int
    expected: int
    closed_at: datetime | None
    counted: int
    handed_over: int
    slip: str
    note: str
    receipts: tuple[ReceiptView, ...]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def difference(self) -> int:
        """Return what was counted less what was expected; 0 while the till is open."""
        return 0 if self.is_open else self.counted - self.expected

    @property
    def kept(self) -> int:
        """Return what stays in the till."""
        return self.counted - self.handed_over


@dataclass(frozen=True, slots=True)
class CreditView:
    """A credit on one of our accounts. ``reason`` says why it matched no bill."""

    id: UUID
    bank: str
    bank_transaction_id: str
    account_number: str
    amount: int
    purpose: str
    received_at: datetime
    outcome: Outcome
    reason: str
    bill_id: UUID | None


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """
    What became of a signed message.

    :param is_new: False when the same transaction had been reported before
    :param missing: đồng the bill still lacks, for the bank's and the payer's information
    """

    outcome: Outcome
    is_new: bool
    reference: str
    missing: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    """
    What became of one line of a bank statement.

    :param result: ``matched``, ``duplicate``, ``unmatched``, ``contradiction``, ``unreadable``, or
        ``not_a_credit``
    :param reason: a sentence for the officer
    """

    number: int
    bank_transaction_id: str
    amount: int | None
    result: str
    reason: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class StatementReport:
    lines: tuple[StatementLine, ...]

    def count(self, result: str) -> int:
        """Return how many lines ended so."""
        return sum(line.result == result for line in self.lines)
