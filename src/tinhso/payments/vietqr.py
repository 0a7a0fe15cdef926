"""
VietQR: a bank transfer written as EMVCo TLV, so that any banking app fills it in from a picture.

A field is a two-digit id, a two-digit length in characters, and the value. What we build is ASCII, where
characters and bytes agree; what we read may count either, and both readings are tried.
Source: EMVCo merchant-presented QR; NAPAS VietQR (tag 38, GUID A000000727); npm ``vietnam-qr-pay``.
"""

import re
from binascii import crc_hqx
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Invalid
from tinhso.kernel.text import without_marks

GUID = "A000000727"
PURPOSE_LIMIT = 25
# Tag 62 holds at most 99 characters; the header of its sub-field takes four.
PURPOSE_CEILING = 95
AMOUNT_CEILING = 9_999_999_999_999
Service = Literal["QRIBFTTA", "QRIBFTTC"]

_PRINTABLE_ONLY = re.compile(r"[^\x20-\x7e]+")
_FIELD_HEADER = 4


class WrongBin(Invalid):
    code = "vietqr-wrong-bin"
    message = _("Mã ngân hàng (BIN) «%(bin)s» phải gồm đúng 6 chữ số. Hãy kiểm tra lại mã ngân hàng.")


class WrongAccount(Invalid):
    code = "vietqr-wrong-account"
    message = _(
        "Số tài khoản «%(account)s» phải gồm 1 đến 19 chữ số hoặc chữ cái không dấu. Hãy kiểm tra lại."
    )


class WrongAmount(Invalid):
    code = "vietqr-wrong-amount"
    message = _("Số tiền %(amount)s phải là số nguyên đồng, lớn hơn 0 và không quá 13 chữ số.")


class WrongPurpose(Invalid):
    code = "vietqr-wrong-purpose"
    message = _("Nội dung chuyển khoản dài %(length)s ký tự, chỉ được %(limit)s ký tự. Hãy viết ngắn lại.")


class EmptyPurpose(Invalid):
    code = "vietqr-empty-purpose"
    message = _("Nội dung chuyển khoản không còn chữ hay số nào sau khi bỏ dấu. Hãy viết bằng chữ và số.")


class UnreadablePayload(Invalid):
    code = "vietqr-unreadable"
    message = _("Không đọc được mã VietQR này: %(reason)s Hãy quét lại hoặc nhập tay thông tin chuyển khoản.")


@dataclass(frozen=True, slots=True)
class Transfer:
    """
    What a banking app needs to know.

    :param bin: six digits, the bank that keeps the account
    :param amount: whole đồng; None leaves it to the payer (a static code)
    :param purpose: printable ASCII
    """

    bin: str
    account: str
    amount: int | None = None
    purpose: str = ""
    service: Service = "QRIBFTTA"


def ascii_purpose(text: str) -> str:
    """
    Return the text as banks carry it: no marks, printable ASCII, single spaces, case kept.

    >>> ascii_purpose("Chuyển tiền  đợt 1")
    'Chuyen tien dot 1'
    """
    return " ".join(_PRINTABLE_ONLY.sub(" ", without_marks(text)).split())


def build(transfer: Transfer, *, purpose_limit: int = PURPOSE_LIMIT) -> str:
    """
    Write the transfer as a payload.

    :raises WrongBin, WrongAccount, WrongAmount, WrongPurpose, EmptyPurpose: naming the field that is wrong
    """
    _check(transfer)
    purpose = _purpose(transfer.purpose, limit=purpose_limit)
    beneficiary = _field("00", transfer.bin) + _field("01", transfer.account)
    body = (
        _field("00", "01")
        + _field("01", "11" if transfer.amount is None else "12")
        + _field("38", _field("00", GUID) + _field("01", beneficiary) + _field("02", transfer.service))
        + _field("53", "704")
        + (_field("54", str(transfer.amount)) if transfer.amount is not None else "")
        + _field("58", "VN")
        + (_field("62", _field("08", purpose)) if purpose else "")
        + "6304"
    )
    return body + checksum(body)


def parse(payload: str) -> Transfer:
    """
    Read a payload back.

    :raises UnreadablePayload: broken structure, wrong checksum, not VietQR, or another currency
    """
    text = payload.strip()
    if text[-8:-4] != "6304":
        raise UnreadablePayload(reason=_("thiếu mã kiểm tra ở cuối."))
    if checksum(text[:-4]) != text[-4:].upper():
        raise UnreadablePayload(reason=_("mã kiểm tra không khớp, nội dung đã bị thay đổi."))
    root = _fields(text)
    if root.get("53") != "704":
        raise UnreadablePayload(reason=_("loại tiền không phải là đồng Việt Nam."))
    provider = _fields(root.get("38", ""))
    if provider.get("00") != GUID:
        raise UnreadablePayload(reason=_("đây không phải là mã VietQR."))
    beneficiary = _fields(provider.get("01", ""))
    transfer = Transfer(
        bin=beneficiary.get("00", ""),
        account=beneficiary.get("01", ""),
        amount=_amount(root.get("54")),
        purpose=_fields(root.get("62", "")).get("08", ""),
        service="QRIBFTTC" if provider.get("02") == "QRIBFTTC" else "QRIBFTTA",
    )
    _check(transfer)
    return transfer


def checksum(text: str) -> str:
    """Return CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xFFFF) as four upper-case hex digits."""
    return f"{crc_hqx(text.encode(), 0xFFFF):04X}"


def _check(transfer: Transfer) -> None:
    if not re.fullmatch(r"[0-9]{6}", transfer.bin):
        raise WrongBin(bin=transfer.bin)
    if not re.fullmatch(r"[0-9A-Za-z]{1,19}", transfer.account):
        raise WrongAccount(account=transfer.account)
    if transfer.amount is not None and not 0 < transfer.amount <= AMOUNT_CEILING:
        raise WrongAmount(amount=transfer.amount)


def _purpose(text: str, *, limit: int) -> str:
    purpose = ascii_purpose(text)
    if text.strip() and not re.search(r"[0-9A-Za-z]", purpose):
        raise EmptyPurpose
    allowed = min(limit, PURPOSE_CEILING)
    if len(purpose) > allowed:
        raise WrongPurpose(length=len(purpose), limit=allowed)
    return purpose


def _amount(text: str | None) -> int | None:
    if text is None:
        return None
    # Some banks write «10000.00»; a part of a đồng does not exist.
    whole = re.fullmatch(r"([0-9]{1,13})(?:\.0{0,2})?", text)
    if not whole:
        raise UnreadablePayload(reason=_("số tiền không hợp lệ."))
    return int(whole.group(1))


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def _fields(text: str) -> dict[str, str]:
    """Take TLV apart, counting characters and, where that does not come out even, bytes."""
    by_characters = _walk(text)
    if by_characters is not None:
        return by_characters
    # Latin-1 makes every byte one character, so the same walk counts bytes.
    by_bytes = _walk(text.encode().decode("latin-1"))
    if by_bytes is None:
        raise UnreadablePayload(reason=_("cấu trúc bị hỏng."))
    return {tag: value.encode("latin-1").decode(errors="replace") for tag, value in by_bytes.items()}


def _walk(text: str) -> dict[str, str] | None:
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        header = text[at : at + _FIELD_HEADER]
        if not re.fullmatch(r"[0-9]{4}", header):
            return None
        end = at + _FIELD_HEADER + int(header[2:])
        if end > len(text) or header[:2] in found:
            return None
        found[header[:2]] = text[at + _FIELD_HEADER : end]
        at = end
    return found
