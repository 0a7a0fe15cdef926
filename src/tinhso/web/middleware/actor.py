"""``request.actor``: who asks, worked out once and only if somebody wants to know."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from tinhso.edge import session
from tinhso.edge.asking import actor_of_request, lacks_second_factor
from tinhso.kernel import clock

Next = Callable[[HttpRequest], HttpResponse]

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
                request.ended_for = str(user.pk)  # type: ignore[attr-defined]
                logout(request)
            else:
                session.touch(request, at=at)
        request.actor = SimpleLazyObject(lambda: actor_of_request(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Hold back an officer who has given only a password; to the API they are nobody yet."""
        if request.path.startswith("/api/") or not lacks_second_factor(request):
            return None
        match = request.resolver_match
        if match is None or match.view_name in WITHOUT_SECOND_FACTOR:
            return None
        return redirect(reverse("mfa_activate_totp"))
