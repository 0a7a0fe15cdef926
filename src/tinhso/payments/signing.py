"""
Signed messages between the bank and us.

``X-Bank-Id``, ``X-Timestamp`` (Unix seconds), ``X-Nonce`` and ``X-Signature``: the hex HMAC-SHA256, under the
secret shared with that bank, of ``<timestamp>.<nonce>.`` and the body byte for byte. Both directions use it.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Refusal

_NONCE = re.compile(r"[0-9A-Za-z_-]{16,64}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


class ForgedMessage(Refusal):
    """Unknown bank, no signature, or one that does not fit: never told apart for the sender."""

    code = "bank-message-forged"
    message = _("Chữ ký của thông báo ngân hàng không đúng. Hãy ký lại bằng khóa đã thỏa thuận.")


class StaleMessage(Refusal):
    code = "bank-message-stale"
    message = _("Thông báo ngân hàng đã quá thời hạn hoặc sai giờ. Hãy ký lại với thời điểm hiện tại.")


class ReplayedMessage(Refusal):
    code = "bank-message-replayed"
    message = _("Thông báo ngân hàng này đã được gửi trước đó. Hãy ký lại với số nonce mới.")


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A message as it came in; nothing of it is to be believed before :func:`authenticate`."""

    bank: str
    timestamp: str
    nonce: str
    signature: str
    body: bytes

    @classmethod
    def of(cls, headers: Mapping[str, str], body: bytes) -> "SignedMessage":
        """Take it from HTTP headers; a missing one is empty."""
        return cls(
            bank=headers.get("X-Bank-Id", ""),
            timestamp=headers.get("X-Timestamp", ""),
            nonce=headers.get("X-Nonce", ""),
            signature=headers.get("X-Signature", ""),
            body=body,
        )

    def headers(self) -> dict[str, str]:
        """Return it as HTTP headers."""
        return {
            "X-Bank-Id": self.bank,
            "X-Timestamp": self.timestamp,
            "X-Nonce": self.nonce,
            "X-Signature": self.signature,
        }


def sign(*, bank: str, secret: bytes, at: datetime, nonce: str, body: bytes) -> SignedMessage:
    """Sign a body. ``nonce``: 16 to 64 letters and digits, never used twice."""
    timestamp = str(int(at.timestamp()))
    return SignedMessage(bank, timestamp, nonce, _mac(secret, timestamp, nonce, body), body)


def authenticate(
    message: SignedMessage, *, secrets: Mapping[str, bytes], at: datetime, window: timedelta
) -> None:
    """
    Make sure that one of our banks signed the message now. Replay is the caller's to refuse.

    :raises ForgedMessage: the signature is not that bank's
    :raises StaleMessage: it is, and was made outside the window around ``at``
    """
    secret = secrets.get(message.bank)
    if not secret or not _TIMESTAMP.fullmatch(message.timestamp) or not _NONCE.fullmatch(message.nonce):
        raise ForgedMessage
    expected = _mac(secret, message.timestamp, message.nonce, message.body)
    if not hmac.compare_digest(expected.encode(), message.signature.lower().encode()):
        raise ForgedMessage
    signed_at = datetime.fromtimestamp(int(message.timestamp), tz=UTC)
    if abs(at - signed_at) > window:
        raise StaleMessage


def _mac(secret: bytes, timestamp: str, nonce: str, body: bytes) -> str:
    return hmac.new(secret, f"{timestamp}.{nonce}.".encode() + body, hashlib.sha256).hexdigest()
