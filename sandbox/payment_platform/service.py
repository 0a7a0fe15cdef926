"""The platform over HTTP: pages for payers, the contract for programs."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox import behaving
from sandbox.behaving import delivering
from sandbox.payment_platform import pages
from sandbox.payment_platform.platform import Behaviour, Platform, Refused

WAKE_SECONDS = 0.1
KINDS: dict[str, Callable[[Any], Any]] = {
    "times": int,
    "duplicate": int,
    "delay": float,
    "short": int,
    "wrong_sum": bool,
    "forged": bool,
    "drop": bool,
    "deny": bool,
    "away": bool,
}


class Service:
    """Routes of one platform."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform

    def app(self) -> Starlette:
        """Return the application; callbacks go out while it runs."""
        routes = [
            Route("/", self.first_page),
            Route("/create", self.create, methods=["POST"]),
            Route("/query", self.query, methods=["POST"]),
            Route("/pay/{transaction_id}", self.pay, methods=["GET", "POST"]),
            Route("/lookup", self.look_up, methods=["POST"]),
            Route("/settle", self.settle, methods=["POST"]),
            Route("/behaviour", self.behaviour, methods=["GET", "POST"]),
        ]
        return Starlette(routes=routes, lifespan=delivering(self.platform.deliver_due, every=WAKE_SECONDS))

    async def first_page(self, _request: Request) -> Response:
        return pages.first()

    async def create(self, request: Request) -> Response:
        return await self._answer(request, lambda body: {"payment_url": self.platform.create(body)})

    async def query(self, request: Request) -> Response:
        return await self._answer(request, self.platform.query)

    async def pay(self, request: Request) -> Response:
        number = request.path_params["transaction_id"]
        try:
            row = self.platform.pay(number) if request.method == "POST" else self.platform.payment(number)
        except Refused as problem:
            return pages.first(wrong=str(problem))
        return pages.to_pay(row)

    async def look_up(self, request: Request) -> Response:
        code = str((await request.form()).get("code", "")).strip()
        try:
            number = await run_in_threadpool(self.platform.look_up, code)
        except (Refused, OSError, ValueError) as problem:
            return pages.first(wrong=str(problem))
        if number is None:
            return pages.first(wrong="Hồ sơ này không có khoản nào phải nộp.")
        return RedirectResponse(f"/pay/{number}", status_code=303)

    async def settle(self, request: Request) -> Response:
        credits = self.platform.settle()
        if "json" in request.headers.get("accept", ""):
            return JSONResponse(credits)
        return pages.settled(credits)

    async def behaviour(self, request: Request) -> Response:
        return await behaving.answer(request, self.platform, read=_behaviour, form=pages.behaviour_form)

    async def _answer(self, request: Request, do: Callable[[dict[str, Any]], dict[str, Any]]) -> Response:
        if self.platform.behaviour.away:
            return JSONResponse({"error": "99", "msg": "Đang bảo trì."}, status_code=503)
        try:
            said = do(await request.json())
        except Refused as problem:
            return JSONResponse({"error": "1", "msg": str(problem)})
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"error": "2", "msg": "Thiếu hoặc sai trường."})
        return JSONResponse({"error": "0", "msg": "", **said})


def _behaviour(told: Mapping[str, Any]) -> Behaviour:
    return behaving.told_to(Behaviour(times=1), told, KINDS)
