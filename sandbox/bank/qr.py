"""
The bank's own reading of a VietQR code.

Written apart from the platform on purpose: a mistake made there must not be made here again.
"""

from dataclasses import dataclass

NAPAS = "A000000727"


class Unreadable(Exception):  # noqa: N818  (an answer, not an error)
    """The code is no transfer the bank can carry out; the text says why."""


@dataclass(frozen=True, slots=True)
class Order:
    """A transfer as the code asks for it. ``amount`` None: the payer chooses."""

    bin: str
    account: str
    amount: int | None
    purpose: str


def read(payload: str) -> Order:
    """Read a code. :raises Unreadable: with the reason in Vietnamese"""
    text = payload.strip()
    if len(text) < 20 or not text.startswith("000201"):
        raise Unreadable("Đây không phải là mã thanh toán EMVCo.")
    if f"{crc16(text[:-4].encode()):04X}" != text[-4:].upper():
        raise Unreadable("Mã kiểm tra không khớp: mã đã bị sửa hoặc chép thiếu.")
    root = dict(take_apart(text))
    merchant = dict(take_apart(root.get("38", "")))
    if merchant.get("00") != NAPAS:
        raise Unreadable("Đây không phải là mã VietQR.")
    if root.get("53") != "704":
        raise Unreadable("Mã này không tính bằng đồng Việt Nam.")
    receiver = dict(take_apart(merchant.get("01", "")))
    if len(receiver.get("00", "")) != 6 or not receiver.get("01"):
        raise Unreadable("Mã thiếu ngân hàng hoặc số tài khoản người nhận.")
    amount = root.get("54")
    if amount is not None and not (amount.isascii() and amount.isdigit() and int(amount) > 0):
        raise Unreadable("Số tiền trong mã không hợp lệ.")
    purpose = dict(take_apart(root.get("62", ""))).get("08", "")
    return Order(receiver["00"], receiver["01"], int(amount) if amount else None, purpose)


def take_apart(text: str) -> list[tuple[str, str]]:
    """Return the fields of one level in order. :raises Unreadable: a length lies"""
    fields = []
    while text:
        if not text[:4].isdigit() or len(text) < 4 + int(text[2:4]):
            raise Unreadable("Cấu trúc của mã bị hỏng.")
        end = 4 + int(text[2:4])
        fields.append((text[:2], text[4:end]))
        text = text[end:]
    return fields


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE, bit by bit."""
    register = 0xFFFF
    for byte in data:
        register ^= byte << 8
        for _ in range(8):
            register = (register << 1) ^ (0x1021 if register & 0x8000 else 0)
            register &= 0xFFFF
    return register
