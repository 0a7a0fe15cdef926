"""``Idempotency-Key``: the same POST sent again is answered with the first one's answer."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tinhso.api.v1.asking import by
from tinhso.api.v1.reading import body_parts
from tinhso.kernel import idempotency

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_HEADERS = ("Content-Type", "ETag", "Location")


class _Refused(Exception):  # noqa: N818  (it only carries an answer out of the transaction)
    """The answer says no: everything is undone, and the key stays free."""

    def __init__(self, response: HttpResponseBase) -> None:
        self.response = response


def once(request: HttpRequest, run: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """
    Run the operation, or repeat its answer when the caller's key was used for the same request.

    :raises IdempotencyKeyReused, IdempotencyKeyMalformed: as they say; nothing runs
    """
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None:
        return run()
    who = by(request)
    hashed = idempotency.hash_request("POST", request.get_full_path(), *body_parts(request))
    scope = f"api {who['actor'].account_id or 'anonymous'}"
    try:
        with idempotency.once(scope=scope, key=key, request_hash=hashed, at=who["at"]) as attempt:
            if not attempt.is_replay:
                response = run()
                if response.status_code >= 400 or not isinstance(response, HttpResponse):
                    raise _Refused(response)
                attempt.keep(_kept(response))
                return response
    except _Refused as refused:
        return refused.response
    return _again(attempt.response)


def _kept(response: HttpResponse) -> dict[str, Any]:
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    return {"status": response.status_code, "body": response.content.decode(), "headers": headers}


def _again(kept: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(kept["body"], status=kept["status"], headers=kept["headers"])
    response[REPLAYED] = "true"
    return response
