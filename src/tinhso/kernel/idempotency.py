"""
Idempotency: the same request sent twice is carried out once and answered twice.

A page puts a fresh key into each form (a double click sends it twice); the API takes it from the header
``Idempotency-Key``. Both wrap the act::

    with idempotency.once(scope=scope, key=key, request_hash=hashed, at=at) as attempt:
        if not attempt.is_replay:
            accepted = accept_dossier(actor=actor, at=at, dossier_id=dossier_id)
            attempt.keep({"status": 200, "body": {"reference": accepted.reference}})
    return answer(attempt.response)
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.models import IdempotencyRecord
from tinhso.kernel.refusals import Conflict, Invalid

LONGEST_KEY = 200


class IdempotencyKeyReused(Conflict):
    """The key was used before, for another request."""

    code = "idempotency-key-reused"
    message = _("Mã chống gửi trùng này đã dùng cho một yêu cầu khác. Hãy tải lại trang rồi gửi lại.")


class IdempotencyKeyMalformed(Invalid):
    """The key is empty, too long, or holds something else than visible ASCII."""

    code = "idempotency-key-malformed"
    message = _("Mã chống gửi trùng phải có từ 1 đến %(longest)s ký tự ASCII, không có khoảng trắng.")


@dataclass
class Attempt:
    """
    One try of a request.

    :param is_replay: the request was carried out before; only answer it
    :param response: the kept answer, a JSON value
    """

    is_replay: bool
    response: Any = None
    _kept: bool = False

    def keep(self, response: Any) -> None:
        """Keep the answer for every repetition. JSON values only."""
        self.response = response
        self._kept = True


def hash_request(*parts: str | bytes) -> str:
    """Return the fingerprint of what was asked: method, path and body, each apart from the next."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()


@contextmanager
def once(*, scope: str, key: str, request_hash: str, at: datetime) -> Iterator[Attempt]:
    """
    Run the block in a transaction; the second caller with the same key gets the first one's answer.

    A simultaneous caller waits for the first. When the block raises, nothing is kept and the key is free.

    :param scope: whose key it is, so that two people may choose the same: ``<account id> <operation>``
    :raises IdempotencyKeyReused: the key was used for another request
    :raises IdempotencyKeyMalformed: the key cannot be a key
    :raises RuntimeError: the block ended without ``keep()``
    """
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable() and " " not in key):
        raise IdempotencyKeyMalformed(longest=LONGEST_KEY)
    with transaction.atomic():
        record, is_new = _lock_record(scope=scope, key=key, request_hash=request_hash, at=at)
        if record.request_hash != request_hash:
            raise IdempotencyKeyReused()

        attempt = Attempt(is_replay=not is_new, response=record.response)
        yield attempt

        if is_new:
            if not attempt._kept:
                raise RuntimeError("idempotency.once(): the block ended without keep()")
            record.response = attempt.response
            record.save(update_fields=["response"])


def purge_expired(*, at: datetime) -> int:
    """Forget keys whose time is over; return how many."""
    return IdempotencyRecord.objects.filter(expires_at__lte=at).delete()[0]


def _lock_record(*, scope: str, key: str, request_hash: str, at: datetime) -> tuple[IdempotencyRecord, bool]:
    IdempotencyRecord.objects.filter(scope=scope, key=key, expires_at__lte=at).delete()
    kept_for: timedelta = settings.IDEMPOTENCY_KEPT_FOR
    fresh = IdempotencyRecord(scope=scope, key=key, request_hash=request_hash, expires_at=at + kept_for)
    # The unique index makes a simultaneous twin wait here until this transaction ends.
    IdempotencyRecord.objects.bulk_create([fresh], ignore_conflicts=True)
    record = IdempotencyRecord.objects.select_for_update().get(scope=scope, key=key)
    return record, record.id == fresh.id
