"""The bank over HTTP: pages for people, an interface for programs."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sandbox import behaving
from sandbox.bank import pages
from sandbox.bank.bank import Bank, Behaviour, Refused
from sandbox.bank.camera import LARGEST_FILE, find_code
from sandbox.bank.qr import Unreadable, read
from sandbox.behaving import delivering

WAKE_SECONDS = 0.1
KINDS: dict[str, Callable[[Any], Any]] = {
    "times": int,
    "duplicate": int,
    "delay": float,
    "short": int,
    "wrong_signature": bool,
    "drop": bool,
    "refund": str,
}


class Service:
    """Routes of one bank."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank

    def app(self) -> Starlette:
        """Return the application; callbacks go out while it runs."""
        routes = [
            Route("/", self.first_page),
            Route("/scan", self.scan, methods=["GET", "POST"]),
            Route("/confirm", self.confirm, methods=["POST"]),
            Route("/behaviour", self.behaviour, methods=["GET", "POST"]),
            Route("/pay", self.pay, methods=["POST"]),
            Route("/statement.csv", self.statement),
            Route("/refund", self.refund, methods=["POST"]),
        ]
        return Starlette(routes=routes, lifespan=delivering(self.bank.deliver_due, every=WAKE_SECONDS))

    async def first_page(self, request: Request) -> Response:
        return pages.scan(payload=request.query_params.get("payload", ""), entries=self._latest())

    async def scan(self, request: Request) -> Response:
        if int(request.headers.get("content-length") or 0) > LARGEST_FILE:
            return pages.scan(wrong="Ảnh lớn hơn 8 MB. Hãy chụp lại gần hơn.", entries=self._latest())
        payload = request.query_params.get("payload", "")
        if request.method == "POST":
            payload = await self._payload(request)
        if not payload:
            return pages.scan(
                wrong="Không thấy mã QR nào. Hãy chụp rõ mã, hoặc dán nội dung mã.", entries=self._latest()
            )
        try:
            order = read(payload)
        except Unreadable as problem:
            return pages.scan(payload=payload, wrong=str(problem), entries=self._latest())
        return pages.confirm(order, payload=payload)

    async def confirm(self, request: Request) -> Response:
        form = await request.form(max_part_size=10_000)
        payload = str(form.get("payload", ""))
        typed = str(form.get("amount", "")).replace(".", "").strip()
        try:
            order = read(payload)
        except Unreadable as problem:
            return pages.scan(payload=payload, wrong=str(problem), entries=self._latest())
        try:
            amount = int(typed) if typed.isascii() and typed.isdigit() else None
            booked = self.bank.pay(order, payer=str(form.get("payer", ""))[:60], amount=amount)
        except Refused as problem:
            return pages.confirm(order, payload=payload, wrong=str(problem))
        return pages.paid(booked)

    async def behaviour(self, request: Request) -> Response:
        return await behaving.answer(request, self.bank, read=_behaviour, form=pages.behaviour_form)

    async def pay(self, request: Request) -> Response:
        try:
            body = await request.json()
            order = read(str(body["payload"]))
            booked = self.bank.pay(order, payer=str(body.get("payer", "")), amount=_whole(body.get("amount")))
        except (ValueError, KeyError, TypeError, AttributeError):
            return JSONResponse({"error": "Cần JSON {payload, payer}."}, status_code=400)
        except (Unreadable, Refused) as problem:
            return JSONResponse({"error": str(problem)}, status_code=422)
        return JSONResponse(booked)

    async def statement(self, request: Request) -> Response:
        try:
            since = _moment(request.query_params["from"])
            until = _moment(request.query_params["to"])
            if len(request.query_params["to"]) == len("2026-11-21"):
                until += timedelta(days=1)
            text = self.bank.statement(account=request.query_params["account"], since=since, until=until)
        except (KeyError, ValueError):
            return JSONResponse({"error": "Cần account, from và to, dạng 2026-11-21."}, status_code=400)
        return PlainTextResponse(text, media_type="text/csv; charset=utf-8")

    async def refund(self, request: Request) -> Response:
        body = await request.body()
        if not self.bank.is_genuine(request.headers, body):
            return JSONResponse({"error": "Chữ ký không đúng."}, status_code=401)
        if self.bank.behaviour.refund == "fail":
            return JSONResponse({"error": "Hệ thống đang bảo trì."}, status_code=503)
        try:
            asked: dict[str, Any] = await request.json()
            number = self.bank.refund(
                refund_id=str(asked["refund_id"]),
                transaction_id=str(asked["transaction_id"]),
                amount=int(asked["amount"]),
            )
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"error": "Thiếu trường."}, status_code=400)
        except Refused as problem:
            return JSONResponse({"error": str(problem)}, status_code=422)
        return JSONResponse({"bank_refund_id": number})

    async def _payload(self, request: Request) -> str:
        form = await request.form(max_files=1, max_part_size=LARGEST_FILE)
        picture = form.get("picture")
        if isinstance(picture, UploadFile) and picture.size:
            content = await picture.read()
            return await run_in_threadpool(find_code, content) or ""
        return str(form.get("payload", "")).strip()

    def _latest(self) -> list[dict[str, Any]]:
        rows = self.bank.book.rows(
            "SELECT e.*, (SELECT state FROM callback c WHERE c.entry = e.id ORDER BY c.id DESC LIMIT 1)"
            " AS state FROM entry e ORDER BY at DESC, id DESC LIMIT 10"
        )
        return [dict(row) for row in rows]


def _behaviour(told: Mapping[str, Any]) -> Behaviour:
    behaviour = behaving.told_to(Behaviour(times=1), told, KINDS)
    if behaviour.refund not in {"make", "refuse", "fail"}:
        raise ValueError("refund: make, refuse or fail")
    return behaviour


def _whole(amount: object) -> int | None:
    return amount if isinstance(amount, int) and not isinstance(amount, bool) else None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
