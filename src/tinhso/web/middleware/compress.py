"""Pages and answers of the API travel compressed; files are sent as they lie."""

import gzip
import secrets

from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

TEXTS = ("text/html", "application/json", "application/problem+json", "application/geo+json")
# Django's 6 takes twice as long to save another eighth of a page.
LEVEL = 3
LEAST = 200  # bytes
FLAGS, HEADER = 3, 10  # RFC 1952: where the flags stand, where the file's name begins


class CompressTexts(GZipMiddleware):
    """
    Django's own compression, with its random padding against guessing by length, for texts only.

    A signed PDF would not get smaller, and its length would be lost.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith(TEXTS):
            return response
        if isinstance(response, HttpResponse) and _is_wanted(request, response):
            patch_vary_headers(response, ("Accept-Encoding",))
            response.content = _compressed(response.content, most_padding=self.max_random_bytes)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))
            if response.headers.get("ETag", "").startswith('"'):
                response.headers["ETag"] = f"W/{response.headers['ETag']}"  # RFC 9110, 8.8.1
            return response
        return super().process_response(request, response)


def _is_wanted(request: HttpRequest, response: HttpResponse) -> bool:
    accepted = "gzip" in request.headers.get("Accept-Encoding", "")
    return accepted and len(response.content) >= LEAST and "Content-Encoding" not in response.headers


def _compressed(page: bytes, *, most_padding: int) -> bytes:
    """Return the page with a file name of random length, as Django pads it (BREACH)."""
    packed = bytearray(gzip.compress(page, LEVEL, mtime=0))
    packed[FLAGS] = gzip.FNAME
    packed[HEADER:HEADER] = b"a" * secrets.randbelow(most_padding) + b"\0"
    return bytes(packed)
