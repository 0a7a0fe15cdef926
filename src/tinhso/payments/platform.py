"""The payment platform of the national portal, as far as we ask it for something."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
from django.conf import settings

from tinhso.payments.models import Bill, PlatformPayment
from tinhso.payments.platform_checksums import Keys, payment_checksum, query_checksum
from tinhso.payments.platform_rules import PlatformRules, platform_rules
from tinhso.payments.types import BillLine, PaidFor

TIMEOUT_SECONDS = 15
PAID = "0"
FINE = "0"


class PlatformRefused(Exception):  # noqa: N818  (an answer of the platform, not an error of ours)
    """The platform understood and said no."""


class PlatformUnreachable(Exception):  # noqa: N818
    """No answer, or none that says yes or no; the same may be asked again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What the platform says of a payment.

    :param amount: đồng that were paid; 0 unless ``is_paid``
    """

    is_paid: bool
    amount: int
    raw: Mapping[str, Any]


class Platform(Protocol):
    """One platform."""

    def create(self, payment: PlatformPayment, *, bill: Bill, about: PaidFor, return_url: str) -> str:
        """
        Begin the payment; return the address where the payer pays.

        :raises PlatformRefused, PlatformUnreachable: it will not; nobody knows
        """

    def query(self, payment: PlatformPayment) -> Answer:
        """Ask what became of the payment. :raises PlatformRefused, PlatformUnreachable: see above"""


@dataclass(frozen=True, slots=True)
class HttpPlatform:
    """A platform that speaks the contract of ``docs/payments.md``."""

    url: str
    keys: Keys
    rules: PlatformRules

    def create(self, payment: PlatformPayment, *, bill: Bill, about: PaidFor, return_url: str) -> str:
        values = stored_values(payment, client_id=self.keys.client_id)
        body = {
            **values,
            "return_url": return_url,
            "bill_info": bill_info(bill, about, kinds=self.rules.kinds),
            "check_sum": payment_checksum(values, key=self.keys.key1),
        }
        said = self._post(self.rules.paths.create, body)
        address = str(said.get("payment_url", ""))
        if not address.startswith(("https://", f"{self.url}/")) or len(address) > 1000:
            raise PlatformUnreachable("no address to pay at")
        return address

    def query(self, payment: PlatformPayment) -> Answer:
        values = {
            "client_id": self.keys.client_id,
            "transaction_id": payment.transaction_id,
            "command": self.rules.commands.query,
        }
        signed = {**values, "check_sum": query_checksum(values, key=self.keys.key1)}
        said = self._post(self.rules.paths.query, signed)
        if str(said.get("status")) != PAID:
            return Answer(is_paid=False, amount=0, raw=said)
        amount = str(said.get("trans_amount", ""))
        if said.get("transaction_id") != payment.transaction_id or not _is_sum(amount):
            raise PlatformUnreachable("an answer about something else")
        return Answer(is_paid=True, amount=int(amount), raw=said)

    def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        try:
            answer = httpx.post(f"{self.url}{path}", json=body, timeout=TIMEOUT_SECONDS)
            said = answer.json()
        except (httpx.HTTPError, ValueError) as problem:
            raise PlatformUnreachable(type(problem).__name__) from problem
        if answer.status_code != httpx.codes.OK or not isinstance(said, dict):
            raise PlatformUnreachable(f"HTTP {answer.status_code}")
        if str(said.get("error")) != FINE:
            raise PlatformRefused(str(said.get("msg", ""))[:200])
        return said


def is_connected() -> bool:
    """Say whether this installation is connected to the platform."""
    return bool(settings.TINHSO.platform_url)


def the_platform() -> Platform:
    """Return the platform of this installation."""
    return HttpPlatform(
        url=settings.TINHSO.platform_url.rstrip("/"), keys=platform_keys(), rules=platform_rules()
    )


def platform_keys() -> Keys:
    """Return what we share with the platform."""
    return Keys(settings.TINHSO.platform_client_id, *settings.PLATFORM_KEYS)


def stored_values(payment: PlatformPayment, *, client_id: str) -> dict[str, str]:
    """Return what a payment's checksum is made of, from what we stored ourselves."""
    return {
        "client_id": client_id,
        "transaction_id": payment.transaction_id,
        "command": payment.command,
        "version": payment.version,
        "trans_amount": str(payment.amount),
        "addition_fee": str(payment.addition_fee),
    }


def bill_info(bill: Bill, about: PaidFor, *, kinds: Mapping[str, str]) -> dict[str, Any]:
    """
    Return ``bill_info`` of the contract. Fields of fines and taxes are left out: we ask for fees alone.

    What is still missing is what is paid, so a bill that was paid in part is told as one line of the rest.
    """
    return {
        "MaHoSo": about.dossier_code,
        "MaDVC": about.procedure_code,
        "TenDVC": about.procedure_name,
        "MaTTHC": about.procedure_code,
        "TenTTHC": about.procedure_name,
        "MaDonVi": about.agency_code,
        "TenDonVi": about.agency_name,
        "PhiLePhi": [_fee(line, kinds) for line in _what_is_missing(bill)],
        "TKThuHuong": bill.account_number,
        "MaNHThuHuong": bill.account_bin,
        "TenTKThuHuong": bill.account_name,
        "NoiDungThanhToan": about.dossier_code,
        "HoTenNguoiNop": about.payer_name,
        "SoCMNDNguoiNop": about.payer_personal_id,
        "DiaChiNguoiNop": about.payer_address,
    }


def _fee(line: BillLine, kinds: Mapping[str, str]) -> dict[str, str]:
    return {
        "LoaiPhiLePhi": kinds[line.kind],
        "MaPhiLePhi": line.code,
        "TenPhiLePhi": line.name,
        "SoTien": str(line.amount),
    }


def _what_is_missing(bill: Bill) -> list[BillLine]:
    lines = [BillLine(**line) for line in bill.lines]
    if not bill.received:
        return [line for line in lines if line.amount]
    first = lines[0]
    return [BillLine(first.code, first.name, bill.total - bill.received, first.law, first.kind)]


def _is_sum(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) <= 13 and int(text) > 0
