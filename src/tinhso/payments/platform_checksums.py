"""
Checksums of the portal's payment platform: hex HMAC-SHA256 of the values alone, joined by ``|``.

What we send is under key 1, what the platform sends under key 2. A checksum does not cover the status, so a
callback only makes us ask; what the answer to our own question says is what counts. Source: see the pack.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

_PAYMENT = ("addition_fee", "client_id", "command", "trans_amount", "transaction_id", "version")
_QUERY = ("client_id", "command", "transaction_id")
_LOOKUP = ("client_id", "MaHoSo")


@dataclass(frozen=True, slots=True)
class Keys:
    """
    What this installation and the platform share.

    :param key1: signs what we send
    :param key2: signs what the platform sends
    """

    client_id: str
    key1: bytes
    key2: bytes


def payment_checksum(values: Mapping[str, object], *, key: bytes) -> str:
    """Return what stands under a payment that is created (key 1) or reported (key 2)."""
    return _mac(values, _PAYMENT, key)


def query_checksum(values: Mapping[str, object], *, key: bytes) -> str:
    """Return what stands under a question about a payment."""
    return _mac(values, _QUERY, key)


def lookup_checksum(values: Mapping[str, object], *, key: bytes) -> str:
    """Return what stands under a reverse lookup; agreed by us, the public code shows none."""
    return _mac(values, _LOOKUP, key)


def fits(expected: str, given: object) -> bool:
    """Compare two checksums without telling by time how far they agree."""
    return isinstance(given, str) and hmac.compare_digest(expected.encode(), given.lower().encode())


def _mac(values: Mapping[str, object], names: tuple[str, ...], key: bytes) -> str:
    text = "|".join(str(values[name]) for name in names)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
