"""Money as the payments office sees it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from tinhso.api.v1.paging import NEXT, NEXT_CURSOR
from tinhso.payments.actions.import_statement import reason_sentence
from tinhso.payments.types import CreditView, RefundView, StatementLine, StatementReport

Reference = Annotated[str, Field(min_length=1, max_length=25, description="A bill's payment reference.")]


class CreditOut(Schema):
    """Money on one of our accounts that belongs to no bill yet."""

    id: UUID
    bank: str = Field(description="BIN of the bank that reports.")
    bank_transaction_id: str
    account_number: str
    amount: int
    purpose: str = Field(description="As the payer wrote it.")
    received_at: datetime
    reason: str = Field(
        description="`no_reference`, `unknown_reference`, `several_bills` or `other_account`."
    )
    reason_text: str

    @classmethod
    def told(cls, credit: CreditView) -> "CreditOut":
        return cls(
            id=credit.id,
            bank=credit.bank,
            bank_transaction_id=credit.bank_transaction_id,
            account_number=credit.account_number,
            amount=credit.amount,
            purpose=credit.purpose,
            received_at=credit.received_at,
            reason=credit.reason,
            reason_text=reason_sentence(credit.reason),
        )


class CreditPage(Schema):
    items: list[CreditOut]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class MatchIn(Schema):
    """Which bill the money was meant for."""

    model_config = ConfigDict(extra="forbid")

    reference: Reference


class StatementLineOut(Schema):
    """What became of one line of the file."""

    number: int = Field(description="As an editor counts records; the header is 1.")
    bank_transaction_id: str
    amount: int | None
    result: str = Field(
        description="`matched`, `duplicate`, `unmatched`, `contradiction`, `unreadable` or `not_a_credit`."
    )
    reason: str
    reference: str

    @classmethod
    def told(cls, line: StatementLine) -> "StatementLineOut":
        return cls(
            number=line.number,
            bank_transaction_id=line.bank_transaction_id,
            amount=line.amount,
            result=line.result,
            reason=str(line.reason),
            reference=line.reference,
        )


class StatementOut(Schema):
    """A statement, line by line, and how many lines ended how."""

    lines: list[StatementLineOut]
    counts: dict[str, int]

    @classmethod
    def told(cls, report: StatementReport) -> "StatementOut":
        results = sorted({line.result for line in report.lines})
        return cls(
            lines=[StatementLineOut.told(line) for line in report.lines],
            counts={result: report.count(result) for result in results},
        )


class RefundOut(Schema):
    """A sum due back."""

    id: UUID
    bill_id: UUID
    bill_reference: str
    amount: int
    reason: str
    state: str
    by_cash: bool = Field(description="Paid out at the counter.")
    by_hand: bool = Field(description="By the terminal or a transfer order; else asked of the bank.")
    due_at: datetime
    made_at: datetime | None
    bank_refund_id: str
    note: str
    last_error: str

    @classmethod
    def told(cls, refund: RefundView) -> "RefundOut":
        return cls(
            id=refund.id,
            bill_id=refund.bill_id,
            bill_reference=refund.bill_reference,
            amount=refund.amount,
            reason=refund.reason.value,
            state=refund.state.value,
            by_cash=refund.by_cash,
            by_hand=refund.by_hand,
            due_at=refund.due_at,
            made_at=refund.made_at,
            bank_refund_id=refund.bank_refund_id,
            note=refund.note,
            last_error=refund.last_error,
        )


class RefundPage(Schema):
    items: list[RefundOut]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class RefundsOut(Schema):
    items: list[RefundOut]


class RefundIn(Schema):
    """Why all the money of a paid bill goes back."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(min_length=1, max_length=500, description="For the file.")


class PayOutIn(Schema):
    """By what paper money went back that came by card or by the portal's platform."""

    model_config = ConfigDict(extra="forbid")

    proof: str = Field(default="", max_length=200, description="Number of the slip or transfer order.")


class CallbacksOut(Schema):
    """How many of the bank's messages of a day ended how."""

    counts: dict[str, int]
