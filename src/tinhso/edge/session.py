"""What a session knows of the sign-in behind it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

ASSURANCE = "assurance"
ACTING_FOR = "acting_for"
ID_TOKEN = "id_token"  # noqa: S105  (the name of a place, not a token)
SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
# Writing the session at every click would cost a row each; a minute's precision is enough.
SEEN_STEP = timedelta(minutes=1)

OFFICER_ASSURANCE = 2


def begin(request: HttpRequest, *, at: datetime, assurance: int, id_token: str = "") -> None:
    """Note a finished sign-in in the (new) session."""
    request.session[ASSURANCE] = assurance
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = at.isoformat()
    request.session.pop(ACTING_FOR, None)
    if id_token:
        request.session[ID_TOKEN] = id_token


def is_over(request: HttpRequest, *, at: datetime, kind: str) -> bool:
    """Say whether the session was idle too long, lasted too long, or was never begun properly."""
    idle, whole = settings.SIGN_IN_LIMITS[kind]
    began, seen = _moment(request, SIGNED_IN_AT), _moment(request, SEEN_AT)
    return began is None or seen is None or at - seen > idle or at - began > whole


def touch(request: HttpRequest, *, at: datetime) -> None:
    """Note that the person is still there."""
    seen = _moment(request, SEEN_AT)
    if seen is None or at - seen >= SEEN_STEP:
        request.session[SEEN_AT] = at.isoformat()


def acting_for(request: HttpRequest) -> UUID | None:
    """Return the person chosen to act for."""
    chosen = request.session.get(ACTING_FOR)
    return UUID(chosen) if chosen else None


def assurance(request: HttpRequest) -> int:
    """Return the level proved at sign-in, 1 when the session does not say."""
    level = request.session.get(ASSURANCE, 1)
    return level if level in (1, 2) else 1


def has_second_factor(request: HttpRequest, user: Any) -> bool:
    """Say whether a one-time code was given in this session by this account."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def _moment(request: HttpRequest, key: str) -> datetime | None:
    value = request.session.get(key)
    return datetime.fromisoformat(value) if value else None
