"""
The one client of every test that reads pages.

``browser.get(…)`` and ``browser.post(…)`` are Django's, and check every page for free: strict HTML5,
language, one ``h1``, title, unique ids, labels, CSRF, nothing inline, nothing unfilled, the security headers.
"""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.web.html import faults

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FORBIDDEN_IN_POLICY = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", " *", "http:", "https:")


class Browser(Client):
    """
    A client that checks what it reads.

    :param enforce_csrf_checks: true, as in life; ``post`` brings the token along by itself
    """

    def __init__(self, **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **defaults)

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        check(response, partial=bool(request.get("HTTP_HX_REQUEST") or request.get("HTTP_X_PART")))
        assert_frame(response)
        return response

    def post(self, path: str, data: Any = None, *args: Any, **extra: Any) -> Any:
        """Post as a page's own form does, with the token of the cookie."""
        if "csrftoken" not in self.cookies:
            self.cookies["csrftoken"] = "a" * 32
        headers = {"X-CSRFToken": self.cookies["csrftoken"].value} | (extra.pop("headers", None) or {})
        return super().post(path, data, *args, headers=headers, **extra)

    def read_in(self, language: str) -> "Browser":
        """Speak ``vi`` or ``en`` from now on."""
        self.cookies["django_language"] = language
        return self


def check(response: HttpResponse, *, partial: bool = False) -> None:
    """Assert what every answer promises; a part of a page has no frame to look at."""
    assert_policy(response)
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and bool(response.content)
    if partial or not is_page:
        return
    language = response.headers["Content-Language"]
    found = faults(response.content.decode(), language=language)
    assert not found, "\n".join(found)


def assert_frame(response: Any) -> None:
    """Assert that no page hides who reads it under a word of its own: the frame would lose their name."""
    if getattr(response, "context", None) and "viewer" in response.context:
        assert hasattr(response.context["viewer"], "signed_in"), (
            "the page calls something of its own «viewer»"
        )


def assert_policy(response: HttpResponse) -> None:
    policy = response.headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy, f"no strict policy: {policy!r}"
    scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert not any(word in scripts for word in FORBIDDEN_IN_POLICY), scripts
    for name, value in HEADERS.items():
        assert response.headers.get(name) == value, f"{name}: {response.headers.get(name)!r}"
