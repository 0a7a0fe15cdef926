"""Behind proxies of our own, the address of the person is the one the outermost of them saw."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class TrustedProxies:
    """
    Puts the person's address into ``REMOTE_ADDR``, on which limits and lock-outs count.

    Each of our proxies appends one address to ``X-Forwarded-For``; further left stands what anyone writes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        count = settings.TINHSO.proxies
        seen = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
        if count and len(seen) >= count:
            request.META["REMOTE_ADDR"] = seen[-count]
        return self.get_response(request)
