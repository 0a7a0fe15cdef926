"""A refusal nobody caught becomes a page that says what is wrong and what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tinhso.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound, Refusal
from tinhso.web.errors import refused

Next = Callable[[HttpRequest], HttpResponse]

STATUSES: tuple[tuple[type[Refusal], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Invalid, 422),
)


class RefusalPages:
    """Answer an uncaught :class:`Refusal` with its own sentence; views catch those they can show in place."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into its page; leave everything else alone."""
        if not isinstance(exception, Refusal):
            return None
        return refused(request, exception, status=status_of(exception))


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal: 404, 403, 409 or 422, and 409 for one of no such kind."""
    return next((status for kind, status in STATUSES if isinstance(refusal, kind)), 409)
