"""What a browser may do with our pages: Content-Security-Policy and its companions."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

Next = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()"


class ContentSecurityPolicy:
    """
    Send a strict policy with every answer: own files only, nothing inline.

    ``request.csp_nonce`` exists for the one thing that must stand in the page, an import map; it is made when
    a template asks for it. A view may change one directive: ``response.csp = {"frame-ancestors": "'self'"}``.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        made: list[str] = []
        request.csp_nonce = SimpleLazyObject(lambda: _make_nonce(made))  # type: ignore[attr-defined]
        response = self.get_response(request)
        directives = _policy(made[0] if made else "") | getattr(response, "csp", {})
        policy = "; ".join(f"{name} {value}" for name, value in directives.items())
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _is_personal(request) and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store, private"
        return response


def _make_nonce(made: list[str]) -> str:
    made.append(secrets.token_urlsafe(16))
    return made[0]


def _is_personal(request: HttpRequest) -> bool:
    """Return whether somebody may be signed in: on a shared machine «Back» must not show their page again."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _policy(nonce: str) -> dict[str, str]:
    script = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    # A form's redirects count too: signing in leads from our form to the identity provider.
    form_action = " ".join(["'self'", *settings.CSP_FORM_TARGETS])
    return {
        "default-src": "'none'",
        "script-src": script,
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "frame-src": "'self'",
        "form-action": form_action,
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
