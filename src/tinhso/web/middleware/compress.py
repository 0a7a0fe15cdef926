"""Pages and answers of the API travel compressed; files are sent as they lie."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/html", "application/json", "application/problem+json", "application/geo+json")


class CompressTexts(GZipMiddleware):
    """
    Django's own compression, with its random padding against guessing by length, for texts only.

    A signed PDF would not get smaller, and its length would be lost.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith(TEXTS):
            return super().process_response(request, response)
        return response
