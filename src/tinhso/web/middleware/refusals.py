"""A refusal nobody caught becomes a page that says what is wrong and what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tinhso.kernel.refusals import Refusal
from tinhso.web.errors import refused
from tinhso.web.refusing import status_of

Next = Callable[[HttpRequest], HttpResponse]


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
