"""Hear from the bank that money came."""

import json
from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import from_json

from tinhso.kernel.refusals import Invalid, Refusal
from tinhso.payments import queries
from tinhso.payments.booking import Booked, Credit, book
from tinhso.payments.counting import count_message
from tinhso.payments.models import CallbackNonce
from tinhso.payments.policies import rules
from tinhso.payments.signing import ReplayedMessage, SignedMessage, authenticate
from tinhso.payments.states import Outcome
from tinhso.payments.types import CallbackAnswer
from tinhso.payments.vietqr import AMOUNT_CEILING
from tinhso.people.types import Actor


class MalformedMessage(Invalid):
    code = "bank-message-malformed"
    message = _(
        "Thông báo ngân hàng thiếu hoặc sai trường: %(fields)s. Hãy sửa theo tài liệu kết nối rồi gửi lại."
    )


class Report(BaseModel):
    """The body of a callback. Fields of the bank's own are kept with the transaction and decide nothing."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    transaction_id: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._-]{1,64}$")]
    account: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,19}$")]
    amount: Annotated[int, Field(gt=0, le=AMOUNT_CEILING)]
    purpose: Annotated[str, StringConstraints(max_length=1000)]
    paid_at: AwareDatetime


def receive_callback(*, actor: Actor, at: datetime, message: SignedMessage) -> CallbackAnswer:
    """
    Authenticate a signed message, book the credit it reports, and let it count for its bill.

    The same transaction reported again is answered again and changes nothing. How the message ended is
    counted, also when it is refused; a refused one leaves nothing else.

    :raises ForgedMessage, StaleMessage, ReplayedMessage: it is not to be believed
    :raises MalformedMessage: it is the bank's, and makes no sense
    :raises ContradictoryCredit: the transaction is known with another amount or account
    """
    try:
        answer = _receive(actor=actor, at=at, message=message)
    except Refusal as refusal:
        count_message(at=at, outcome=refusal.code)
        raise
    count_message(at=at, outcome=str(answer.outcome) if answer.is_new else "duplicate")
    return answer


@transaction.atomic
def _receive(*, actor: Actor, at: datetime, message: SignedMessage) -> CallbackAnswer:
    authenticate(message, secrets=settings.BANK_SECRETS, at=at, window=rules().callback_window)
    _remember(message, at=at)

    report, raw = _read(message.body)

    credit = Credit(
        bank=message.bank,
        bank_transaction_id=report.transaction_id,
        account_number=report.account,
        amount=report.amount,
        purpose=report.purpose,
        received_at=report.paid_at,
        source="callback",
        raw=raw,
    )

    return _answer(book(actor=actor, at=at, credit=credit))


def _remember(message: SignedMessage, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            CallbackNonce.objects.create(bank=message.bank, nonce=message.nonce, seen_at=at)
    except IntegrityError as known:
        raise ReplayedMessage from known


def _read(body: bytes) -> tuple[Report, dict[str, Any]]:
    try:
        report = Report.model_validate_json(body)
    except ValidationError as problem:
        names = sorted({".".join(str(part) for part in error["loc"]) or "JSON" for error in problem.errors()})
        raise MalformedMessage(fields=", ".join(names)) from problem
    raw: dict[str, Any] = from_json(body)
    if not _is_storable(raw):
        raise MalformedMessage(fields="JSON")
    return report, raw


def _is_storable(raw: dict[str, Any]) -> bool:
    """PostgreSQL keeps neither NUL nor infinity in JSON; better to say so than to fail for ever."""
    try:
        return "\\u0000" not in json.dumps(raw, allow_nan=False)
    except ValueError:
        return False


def _answer(booked: Booked) -> CallbackAnswer:
    bill = queries.view_of(booked.row.bill) if booked.row.bill else None
    return CallbackAnswer(
        outcome=Outcome(booked.row.outcome),
        is_new=booked.is_new,
        reference=bill.reference if bill else "",
        missing=bill.missing if bill else 0,
    )
