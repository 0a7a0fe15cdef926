"""Who asks, and when: what every action is told first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import get_language
from ninja.security.base import AuthBase

from tinhso.api.v1 import refusals
from tinhso.edge.asking import actor_of_request
from tinhso.kernel import clock
from tinhso.people import queries as people
from tinhso.people.types import Actor

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SCHEME = "bearer "


class By(TypedDict):
    """The first two arguments of every action."""

    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Ask:
    """
    One request, as far as rights and time go.

    :param by_token: a machine asks with a token, not a person in a session
    """

    actor: Actor
    at: datetime
    by_token: bool = False


def identify(request: HttpRequest) -> Ask:
    """
    Return who asks: the bearer of a token, else the person of the session, else nobody.

    :raises TokenNotValid: the token opens nothing
    :raises TokenOnlyReads: the token does not let anything be changed
    :raises Forged: a browser's session without the CSRF token, which another site could have sent
    """
    at, language = clock.now(), (get_language() or "vi")[:2]
    said = request.headers.get("Authorization", "")
    if said[: len(SCHEME)].lower() == SCHEME:
        actor = _machine(said[len(SCHEME) :].strip(), at=at, is_safe=request.method in SAFE_METHODS)
        return Ask(replace(actor, language=language), at, by_token=True)
    actor = actor_of_request(request)
    if actor.account_id is not None and request.method not in SAFE_METHODS and _is_forged(request):
        raise refusals.Forged
    return Ask(replace(actor, language=language), at)


def by(request: HttpRequest) -> By:
    """Return the first two arguments of the action to call."""
    ask: Ask = request.ask  # type: ignore[attr-defined]
    return By(actor=ask.actor, at=ask.at)


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks."""
    return by(request)["actor"]


def require_person(request: HttpRequest) -> None:
    """Keep machines from signing. :raises PersonMissing: a token asks"""
    ask: Ask = request.ask  # type: ignore[attr-defined]
    if ask.by_token:
        raise refusals.PersonMissing


class _SignedIn(AuthBase):
    """Lets in whoever was identified; the schemes below tell the contract by which ways that happens."""

    def __call__(self, request: HttpRequest) -> bool:
        if actor_of(request).account_id is None:
            raise refusals.NotSignedIn
        return True


class Session(_SignedIn):
    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "sessionid"
    openapi_description = "A browser's sign-in. Changing anything also needs the header `X-CSRFToken`."


class Token(_SignedIn):
    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = (
        "A machine's token, from `tinhso people issue-token`; it acts from an officer's posts."
    )


SIGNED_IN: list[Callable[[HttpRequest], bool]] = [Session(), Token()]


def _machine(secret: str, *, at: datetime, is_safe: bool) -> Actor:
    holder = people.actor_of_token(secret, at=at)
    if not (is_safe or holder.may_write):
        raise refusals.TokenOnlyReads
    return holder.actor


class _Csrf(CsrfViewMiddleware):
    """Django's own check, which answers with the reason instead of a page."""

    def _reject(self, _request: HttpRequest, reason: str) -> str:
        return reason


def _is_forged(request: HttpRequest) -> bool:
    check = _Csrf(lambda _request: None)  # type: ignore[arg-type]
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    check.process_request(request)
    return check.process_view(request, None, (), {}) is not None  # type: ignore[arg-type]
