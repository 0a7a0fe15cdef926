"""
How the portal proves that it speaks: hex HMAC-SHA256, under the shared key, of ``<timestamp>.`` and the body.

``X-Portal-Timestamp`` (Unix seconds) and ``X-Portal-Signature``. No public text shows what the portal sends
to a province, so this is agreed between us and the stand-in. A delivery sent again changes nothing, so there
is no nonce.
"""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta

from tinhso.kernel.refusals import Refusal

TIMESTAMP, SIGNATURE = "X-Portal-Timestamp", "X-Portal-Signature"
_SECONDS = re.compile(r"[0-9]{1,12}")


class ForgedDelivery(Refusal):
    """No signature, one that does not fit, or one of another time: never told apart for the sender."""

    code = "portal-delivery-forged"


def signature(key: bytes, timestamp: str, body: bytes) -> str:
    """Return the signature of a body."""
    return hmac.new(key, f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def authenticate(
    *, key: bytes, timestamp: str, given: str, body: bytes, at: datetime, window: timedelta
) -> None:
    """:raises ForgedDelivery: the portal did not sign this now"""
    if not key or not _SECONDS.fullmatch(timestamp):
        raise ForgedDelivery
    expected = signature(key, timestamp, body)
    if not hmac.compare_digest(expected.encode(), given.lower().encode()):
        raise ForgedDelivery
    if abs(at - datetime.fromtimestamp(int(timestamp), tz=UTC)) > window:
        raise ForgedDelivery
