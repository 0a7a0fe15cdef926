"""``request.actor``: who asks, worked out once and only if somebody wants to know."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound
from tinhso.people import queries
from tinhso.people.types import ANONYMOUS, Actor
from tinhso.web.sign_in import session

Next = Callable[[HttpRequest], HttpResponse]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# Where an officer without a one-time code may still go: to set one up, or away.
WITHOUT_SECOND_FACTOR = frozenset({"mfa_activate_totp", "account_logout", "account_inactive"})


class ActorMiddleware:
    """
    Set ``request.actor``, end sessions that lasted too long, and send officers to their one-time code first.

    Stands behind the session, authentication and allauth middleware.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = clock.now()
        user: Any = request.user
        if user.is_authenticated:
            if session.is_over(request, at=at, kind=user.kind):
                logout(request)
            else:
                session.touch(request, at=at)
        request.actor = SimpleLazyObject(lambda: actor_of_request(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Hold back an officer who has given only a password; to the API they are nobody yet."""
        if request.path.startswith("/api/") or not _lacks_second_factor(request):
            return None
        match = request.resolver_match
        if match is None or match.view_name in WITHOUT_SECOND_FACTOR:
            return None
        return redirect(reverse("mfa_activate_totp"))


def actor_of_request(request: HttpRequest) -> Actor:
    """
    Return who asks.

    A choice to act for somebody whose mandate has ended is forgotten when a page is read; when something is
    sent the refusal goes up instead, so that nothing meant for another is done in one's own name.

    :raises MandateMissing: something was sent on behalf of a person whose mandate has ended
    """
    user: Any = request.user
    if not user.is_authenticated or _lacks_second_factor(request):
        return ANONYMOUS
    chosen = session.acting_for(request)
    level = session.assurance(request)
    try:
        return queries.actor_of(user.pk, at=clock.now(), for_person_id=chosen, assurance=level)
    except queries.MandateMissing:
        request.session.pop(session.ACTING_FOR, None)
        if request.method not in SAFE_METHODS:
            raise
        return queries.actor_of(user.pk, at=clock.now(), assurance=level)
    except NotFound:
        return ANONYMOUS


def _lacks_second_factor(request: HttpRequest) -> bool:
    user: Any = request.user
    return user.is_authenticated and user.kind == "officer" and not session.has_second_factor(request, user)
