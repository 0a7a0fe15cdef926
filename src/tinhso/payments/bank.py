"""The bank that keeps the collecting accounts, as far as we ask it for something."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

import httpx
from django.conf import settings

from tinhso.kernel.ids import new_id
from tinhso.payments.signing import sign

TIMEOUT_SECONDS = 15


class BankRefused(Exception):  # noqa: N818  (an answer of the bank, not an error of ours)
    """The bank understood and said no; asking again as before is useless."""


class BankUnreachable(Exception):  # noqa: N818
    """No answer, or none that says yes or no; the same request may be sent again."""


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """What the bank is to send back; it moves the money once for a ``refund_id``, however often asked."""

    refund_id: UUID
    bank_transaction_id: str
    amount: int
    reference: str


class Bank(Protocol):
    """One bank."""

    def refund(self, request: RefundRequest, *, at: datetime) -> str:
        """
        Send the sum back; return the bank's number for it.

        :raises BankRefused: it will not
        :raises BankUnreachable: nobody knows; ask again
        """


@dataclass(frozen=True, slots=True)
class HttpBank:
    """A bank that speaks the contract of ``docs/payments.md``."""

    url: str
    id: str
    secret: bytes

    def refund(self, request: RefundRequest, *, at: datetime) -> str:
        body = json.dumps(
            {
                "refund_id": str(request.refund_id),
                "transaction_id": request.bank_transaction_id,
                "amount": request.amount,
                "reference": request.reference,
            }
        ).encode()
        signed = sign(bank=self.id, secret=self.secret, at=at, nonce=new_id().hex, body=body)
        headers = signed.headers() | {"Content-Type": "application/json"}
        try:
            answer = httpx.post(f"{self.url}/refund", content=body, headers=headers, timeout=TIMEOUT_SECONDS)
        except httpx.HTTPError as problem:
            raise BankUnreachable(type(problem).__name__) from problem
        return _number(answer)


def the_bank() -> Bank:
    """Return the bank of this installation."""
    bank_id, secret = next(iter(settings.BANK_SECRETS.items()))
    return HttpBank(url=settings.TINHSO.bank_url, id=bank_id, secret=secret)


def _number(answer: httpx.Response) -> str:
    try:
        said = answer.json()
        number = str(said.get("bank_refund_id", ""))[:64]
    except (ValueError, AttributeError) as problem:
        raise BankUnreachable(f"HTTP {answer.status_code}") from problem
    if answer.status_code in {400, 404, 409, 422}:
        raise BankRefused(str(said.get("error", answer.status_code)))
    if answer.status_code != httpx.codes.OK or not number:
        raise BankUnreachable(f"HTTP {answer.status_code}")
    return number
