"""
A part that is asked for every few seconds, and is mostly still the same: then a 304 of a few bytes.

Its tag has three pieces: the place of the ledger's last entry, the stretch of time it was drawn in, and what
it was. As long as nothing was recorded and the stretch is not over the part is not even drawn, which costs
one question; else it is drawn, and sent only when it is another. Held connections would be no cheaper here:
each takes a thread of the server for as long as a screen hangs on a wall.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control

from tinhso.kernel import ledger

ASKED = "X-Part"


def wants_part(request: HttpRequest) -> bool:
    """Say whether a script asks for the part that changes, and not for the page."""
    return ASKED in request.headers


def part_of(
    request: HttpRequest, *, at: datetime, seconds: int, draw: Callable[[], HttpResponse]
) -> HttpResponse:
    """
    Answer a script that has perhaps seen the part before.

    Rights are the caller's to check, before this is called: a tag is no key.

    :param seconds: how long what is shown may stay as it is while nothing happens, as minutes that pass
    :param draw: draws the part
    """
    stamp = f"{ledger.position()}-{int(at.timestamp()) // seconds}"
    seen = request.headers.get("If-None-Match", "").strip('W/"')
    known, _sign, content = seen.rpartition("-")
    if content and known == stamp:
        return _unchanged(f"{stamp}-{content}")
    answer = draw()
    now = hashlib.sha256(answer.content).hexdigest()[:16]
    if content == now:
        return _unchanged(f"{stamp}-{now}")
    return _tagged(answer, f"{stamp}-{now}")


def _unchanged(tag: str) -> HttpResponse:
    return _tagged(HttpResponseNotModified(), tag)


def _tagged(answer: HttpResponse, tag: str) -> HttpResponse:
    answer["ETag"] = f'"{tag}"'
    patch_cache_control(answer, no_cache=True, private=True)
    return answer
