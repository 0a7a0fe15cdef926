"""The edge of the API: what is judged of a request before an operation runs, and of its answer after."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from tinhso.api.v1 import problems, refusals
from tinhso.api.v1.asking import actor_of, identify
from tinhso.api.v1.reading import MEGABYTE, check_body, check_text
from tinhso.api.v1.replays import once
from tinhso.api.v1.versions import stamp
from tinhso.edge.uploads import MOST_BYTES
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import ActorKind

log = logging.getLogger("django.request")

View = Callable[..., HttpResponseBase]
NOT_ALLOWED = 405
ANY_BYTES = "application/octet-stream"
PRIVATE = "no-store, private"


@dataclass(frozen=True, slots=True)
class Kinds:
    """
    Media types of one operation.

    :param accepted: of bodies; empty where there is none
    :param served: of its answers
    """

    accepted: tuple[str, ...] = ()
    served: tuple[str, ...] = ("application/json",)


def guarded(view: View, kinds: Mapping[str, Kinds]) -> View:
    """
    Return the view with the edge around it.

    :param kinds: method → media types of the operation
    """

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with _head_as_get(request):
            response = _answer(view, kinds.get(request.method or "", Kinds()), request, args, kwargs)
        patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
        return response

    serve.csrf_exempt = True  # type: ignore[attr-defined]  # identify() asks for the token of a session
    return serve


@contextmanager
def _head_as_get(request: HttpRequest) -> Iterator[None]:
    """Let HEAD be answered as GET is, rights and headers included; the server leaves the body out."""
    asked = request.method
    if asked == "HEAD":
        request.method = "GET"
    try:
        yield
    finally:
        request.method = asked


def _answer(
    view: View, kinds: Kinds, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponseBase:
    try:
        check_body(request, kinds.accepted)
        check_text(request)
        _check_accept(request, kinds)
        request.ask = identify(request)  # type: ignore[attr-defined]
        return once(request, lambda: _finished(request, view(request, *args, **kwargs)))
    except Refusal as refusal:
        return problems.answer(request, refusal)
    except RequestDataTooBig:
        return problems.answer(request, refusals.BodyTooLarge(limit=f"{MOST_BYTES / MEGABYTE:g}"))
    except (SuspiciousOperation, MultiPartParserError):
        return problems.answer(request, refusals.RequestUnreadable())
    except Exception:
        log.exception("%s %s", request.method, request.path)
        return problems.answer(request, refusals.Broken())


def _finished(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Finish an answer: 405 as a problem, the tag, and nothing personal in a cache."""
    if response.status_code == NOT_ALLOWED:
        allowed = ", ".join(sorted(_with_head(response["Allow"].split(", "))))
        response = problems.answer(request, refusals.MethodNotServed())
        response["Allow"] = allowed
    if actor_of(request).kind is not ActorKind.ANONYMOUS:
        response["Cache-Control"] = PRIVATE
    return stamp(request, response)


def _with_head(methods: Iterable[str]) -> set[str]:
    served = set(methods)
    return served | {"HEAD"} if "GET" in served else served


def _check_accept(request: HttpRequest, kinds: Kinds) -> None:
    """:raises NotAcceptable: none of what the operation serves is wanted"""
    if ANY_BYTES in kinds.served or any(request.accepts(served) for served in kinds.served):
        return
    raise refusals.NotAcceptable(served=", ".join(kinds.served))
