"""
Versions of what is read: ``ETag``, ``If-None-Match``, ``If-Match``.

The tag of a dossier is ``"<revision>.<digest of the answer>"``: the digest makes it exact for whoever keeps a
copy, the revision is what a move is compared with. Everything else has the digest alone. Answers that were
compressed on their way carry ``W/`` before the tag, so the prefix is forgiven.
"""

import hashlib
import re

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tinhso.api.v1 import refusals

_REVISION = re.compile(r'(?:W/)?"(\d{1,9})(?:\.[0-9a-f]*)?"')
_TAG = re.compile(r'(?:W/)?("[^"]*")')
DIGEST = 20


def mark(response: HttpResponse, revision: int) -> None:
    """Name the revision an answer shows; :func:`stamp` makes the tag of it."""
    response["ETag"] = f'"{revision}"'


def expected_revision(request: HttpRequest) -> int | None:
    """
    Return the revision the caller last saw, of ``If-Match``; None when they do not mind.

    :raises PreconditionUnreadable: it is none of our tags
    """
    said = request.headers.get("If-Match", "").strip()
    if said in ("", "*"):
        return None
    found = _REVISION.fullmatch(said)
    if found is None:
        raise refusals.PreconditionUnreadable
    return int(found[1])


def stamp(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Give a successful JSON answer its tag, and answer 304 where the caller holds just that."""
    if response.status_code >= 300 or not isinstance(response, HttpResponse) or not response.content:
        return response
    if "ETag" in response or request.method == "GET":
        revision = response.headers.get("ETag", "").strip('"')
        digest = hashlib.sha256(response.content).hexdigest()[:DIGEST]
        response["ETag"] = f'"{revision}.{digest}"' if revision else f'"{digest}"'
    return _not_modified(response) if request.method == "GET" and _holds(request, response) else response


def _holds(request: HttpRequest, response: HttpResponse) -> bool:
    return response["ETag"] in _TAG.findall(request.headers.get("If-None-Match", ""))


def _not_modified(response: HttpResponse) -> HttpResponse:
    empty = HttpResponse(status=304)
    for name in ("ETag", "Cache-Control", "Vary"):
        if name in response:
            empty[name] = response[name]
    del empty["Content-Type"]
    return empty
