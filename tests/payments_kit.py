"""What tests of payments start from: a moment, actors, a bill, a bank's message."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from tinhso.payments.actions.issue_bill import issue_bill
from tinhso.payments.actions.receive_callback import receive_callback
from tinhso.payments.models import (
    BankTransaction,
    Bill,
    CallbackNonce,
    CashShift,
    CounterReceipt,
    CounterStorno,
    PaymentEvent,
    Refund,
)
from tinhso.payments.signing import SignedMessage, sign
from tinhso.payments.types import BillLine, BillView, CallbackAnswer, CollectingAccount
from tinhso.people.types import Actor, ActorKind, PostView, system

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BANK, SECRET = next(iter(settings.BANK_SECRETS.items()))
ACCOUNT = CollectingAccount("970416", "257678859", "UBND XA BINH LIEU")
AGENCY = UUID(int=1)
PAYER = UUID(int=2)
SYSTEM = system("test")
LINES = (
    BillLine("birth.late", "Lệ phí khai sinh quá hạn", 8_000, "mức thử"),
    BillLine("copy", "Bản sao", 2_000),
)
TOTAL = 10_000


def citizen(person_id: UUID = PAYER, *, on_behalf_of: frozenset[UUID] = frozenset()) -> Actor:
    return Actor(kind=ActorKind.CITIZEN, account_id=uuid4(), person_id=person_id, on_behalf_of=on_behalf_of)


def officer(*roles: str, agency_id: UUID = AGENCY) -> Actor:
    posts = tuple(PostView(uuid4(), agency_id, "UBND xã Bình Liêu", role, "Công chức") for role in roles)
    return Actor(kind=ActorKind.OFFICER, account_id=uuid4(), posts=posts)


def new_bill(**changes: Any) -> BillView:
    arguments: dict[str, Any] = {
        "actor": SYSTEM,
        "at": AT,
        "subject_id": uuid4(),
        "purpose_key": "on_filing",
        "payer_person_id": PAYER,
        "agency_id": AGENCY,
        "account": ACCOUNT,
        "lines": LINES,
    }
    return issue_bill(**(arguments | changes))


def report(bill: BillView, amount: int = TOTAL, **changes: Any) -> dict[str, Any]:
    """Return the body of a callback about the bill."""
    body = {
        "transaction_id": f"FT{uuid4().hex[:12]}",
        "account": bill.account.number,
        "amount": amount,
        "purpose": f"MBVCB.12345.{bill.reference}.CT tu 0011",
        "paid_at": AT.isoformat(),
    }
    return body | changes


def signed(body: dict[str, Any] | bytes, *, at: datetime = AT, secret: bytes = SECRET) -> SignedMessage:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return sign(bank=BANK, secret=secret, at=at, nonce=uuid4().hex, body=raw)


def hear(body: dict[str, Any], *, at: datetime = AT) -> CallbackAnswer:
    """Let the bank report once, freshly signed."""
    return receive_callback(actor=SYSTEM, at=at, message=signed(body, at=at))


def later(**distance: float) -> datetime:
    return AT + timedelta(**distance)


def everything() -> list[object]:
    """Return all that payments stored, to show that nothing changed; counts of refused messages aside."""
    counter = (CashShift, CounterReceipt, CounterStorno)
    tables = (Bill, BankTransaction, *counter, Refund, PaymentEvent, CallbackNonce)
    return [list(table.objects.order_by("pk").values()) for table in tables]
