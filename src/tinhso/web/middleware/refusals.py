"""A refusal nobody caught, and an address opened the wrong way, become pages that say what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from tinhso.kernel.refusals import Refusal
from tinhso.web.errors import not_taken, refused
from tinhso.web.refusing import status_of

PROGRAMS = "/api/"
Next = Callable[[HttpRequest], HttpResponse]


class RefusalPages:
    """Answer an uncaught :class:`Refusal` with its own sentence; views catch those they can show in place."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or request.path.startswith(PROGRAMS):
            return response
        shown = not_taken(request)
        shown.headers["Allow"] = response.headers["Allow"]
        return shown

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into its page; leave everything else alone."""
        if not isinstance(exception, Refusal):
            return None
        return refused(request, exception, status=status_of(exception))
