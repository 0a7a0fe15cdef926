"""The gateway over HTTP: ``POST /messages`` for programs, a page for people."""

from dataclasses import asdict
from html import escape

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import appearance
from sandbox.sms.gateway import MOODS, Gateway, Mood

NOTICE = "Tổng đài tin nhắn thử · Môi trường thử. Không tin nào được gửi đi."


class SmsService:
    """Routes of one gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    def routes(self) -> list[Route]:
        return [
            Route("/sms", self.page),
            Route("/messages", self.take, methods=["POST"]),
            Route("/messages", self.list),
            Route("/messages/mood", self.mood, methods=["POST"]),
        ]

    async def take(self, request: Request) -> Response:
        mood = self.gateway.mood_once()
        if mood == "down":
            return JSONResponse({"error": "Tổng đài đang bảo trì."}, status_code=503)
        if mood == "reject":
            return JSONResponse({"error": "Số điện thoại không tồn tại."}, status_code=422)
        try:
            body = await request.json()
            to, text = str(body["to"]), str(body["text"])
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"error": "Cần JSON {to, text}."}, status_code=400)
        sms = self.gateway.take(to=to, text=text, key=request.headers.get("idempotency-key", ""))
        if mood == "lost":
            return JSONResponse({"error": "Quá thời gian."}, status_code=504)
        return JSONResponse({"id": sms.id}, status_code=202)

    async def list(self, request: Request) -> Response:
        to = request.query_params.get("to")
        return JSONResponse([asdict(sms) for sms in self.gateway.taken() if to in (None, sms.to)])

    async def mood(self, request: Request) -> Response:
        told = await request.json()
        if told.get("kind") not in MOODS:
            return JSONResponse({"error": f"kind: {', '.join(MOODS)}"}, status_code=422)
        self.gateway.mood = Mood(told["kind"], int(told.get("times", 1)))
        return JSONResponse(asdict(self.gateway.mood))

    async def page(self, _request: Request) -> Response:
        items = "".join(
            f"<li><strong>{escape(sms.to)}</strong> · {escape(sms.at[:19])} · {len(sms.text)} ký tự<br>"
            f'<span class="text">{escape(sms.text)}</span></li>'
            for sms in self.gateway.taken()[:100]
        )
        body = f"<ul>{items}</ul>" if items else "<p>Chưa có tin nào.</p>"
        return appearance.page("Tin nhắn", body, notice=NOTICE)
