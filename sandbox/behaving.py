"""What every stand-in that delivers shares: the thread that delivers, and how it is told to fail."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict, replace
from threading import Event, Thread
from typing import Any, Protocol, TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

Behaviour = TypeVar("Behaviour", bound=Any)


class Behaves(Protocol):
    """:param behaviour: a dataclass that says how it fails"""

    behaviour: Any


def delivering(
    deliver: Callable[[], object], *, every: float
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """
    Return a lifespan during which things that are due are delivered.

    :param every: seconds
    """
    stop = Event()

    def for_ever() -> None:
        while not stop.wait(every):
            deliver()

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        thread = Thread(target=for_ever, daemon=True)
        thread.start()
        yield
        stop.set()
        await run_in_threadpool(thread.join, 5.0)

    return lifespan


async def answer(
    request: Request,
    stand_in: Behaves,
    *,
    read: Callable[[Mapping[str, Any]], Any],
    form: Callable[[dict[str, Any]], Response],
) -> Response:
    """Show how the stand-in behaves, or change it: from a form, or from JSON for programs."""
    if request.method == "GET":
        return form(asdict(stand_in.behaviour))
    is_json = request.headers.get("content-type", "").startswith("application/json")
    told = await request.json() if is_json else dict(await request.form())
    try:
        stand_in.behaviour = read(told)
    except (TypeError, ValueError) as problem:
        return JSONResponse({"error": str(problem)}, status_code=422)
    if is_json:
        return JSONResponse(asdict(stand_in.behaviour))
    return RedirectResponse("/behaviour", status_code=303)


def told_to(like: Behaviour, told: Mapping[str, Any], kinds: Mapping[str, Callable[[Any], Any]]) -> Behaviour:
    """
    Return ``like`` with what was told changed.

    :param kinds: what may be told → reads its value
    :raises ValueError: an unknown name, or a value that cannot be read
    """
    if unknown := set(told) - set(kinds):
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    return replace(like, **{name: kinds[name](value) for name, value in told.items()})
