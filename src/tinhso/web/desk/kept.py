"""
What was typed when the session had run out, given back after signing in again.

It waits in the (new) session of that browser, sealed for the account whose session ended: nobody else who
signs in there gets it, and a copy of the database shows nothing. Files and signed-out sessions are not kept.
"""

import hashlib
import json
import secrets
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest, QueryDict

KEPT = "desk_typed"
ENDED_FOR = "ended_for"
MOST, LASTS, NONCE = 100_000, timedelta(hours=1), 12
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "password"})


def keep(request: HttpRequest, *, at: datetime) -> None:
    """Keep what an officer sent whose session had just run out; too much, or nobody's, is not kept."""
    account_id = getattr(request, ENDED_FOR, "")
    if not account_id or request.method != "POST":
        return
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_KEPT}
    said = json.dumps({"path": request.path, "at": at.isoformat(), "typed": typed}).encode()
    if typed and len(said) <= MOST:
        nonce = secrets.token_bytes(NONCE)
        sealed = AESGCM(_key()).encrypt(nonce, said, account_id.encode())
        request.session[KEPT] = b64encode(nonce + sealed).decode()


def typed(request: HttpRequest) -> QueryDict:
    """Return what the form holds: as sent, else as it was kept for this page, else nothing."""
    if request.method == "POST":
        return request.POST
    kept: Any = getattr(request, KEPT, None)
    return QueryDict() if kept is None else kept


def give_back(request: HttpRequest, *, at: datetime) -> None:
    """Hand what was kept to the page it was meant for, once; of another's or of yesterday nothing is left."""
    sealed = request.session.get(KEPT)
    if not sealed or request.method != "GET":
        return
    kept = _opened(sealed, str(request.user.pk))
    if kept is not None and kept["path"] != request.path:
        return
    del request.session[KEPT]
    if kept is None or at - datetime.fromisoformat(kept["at"]) > LASTS:
        return
    data = QueryDict(mutable=True)
    for name, values in kept["typed"].items():
        data.setlist(name, values)
    setattr(request, KEPT, data)


def was_kept(request: HttpRequest) -> bool:
    """Say whether the page shows what was kept."""
    return bool(getattr(request, KEPT, None))


def _opened(sealed: str, account_id: str) -> dict[str, Any] | None:
    raw = b64decode(sealed)
    try:
        said = AESGCM(_key()).decrypt(raw[:NONCE], raw[NONCE:], account_id.encode())
    except InvalidTag:
        return None
    kept: dict[str, Any] = json.loads(said)
    return kept


def _key() -> bytes:
    return hashlib.sha256(b"desk.kept:" + settings.SECRET_KEY.encode()).digest()
