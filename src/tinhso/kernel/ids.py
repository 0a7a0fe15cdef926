"""Identifiers: UUID version 7, so that a key sorts by the moment it was made."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """Return a new UUIDv7 (RFC 9562): 48 bits of milliseconds, then randomness."""
    return uuid_utils.compat.uuid7()
