"""The database over HTTP: changes for programs, a page for people, and how it is told to fail."""

from dataclasses import asdict
from hmac import compare_digest
from html import escape
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import appearance
from sandbox.population.database import HOUSEHOLDS, MOODS, PERSONS, Behaviour, Database

NOTICE = "Cơ sở dữ liệu dân cư thử · Môi trường thử. Không có người thật nào ở đây."
FEEDS = (PERSONS, HOUSEHOLDS)
MOST = 500


class Service:
    """Routes of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self.page),
                Route("/v1/thay-doi/{feed}", self.changes),
                Route("/ban-ghi/{feed}/{record_id}", self.write, methods=["POST"]),
                Route("/behaviour", self.behave, methods=["POST"]),
            ]
        )

    async def changes(self, request: Request) -> Response:
        """``GET /v1/thay-doi/cong-dan?sau=0&toi_da=200`` with a bearer token."""
        if self._database.behaviour.mood == "down":
            return JSONResponse({"error": "Hệ thống đang bảo trì."}, status_code=503)
        given = request.headers.get("authorization", "")
        if not compare_digest(given.encode(), f"Bearer {self._database.token()}".encode()):
            return JSONResponse({"error": "Thẻ truy cập chưa đúng."}, status_code=401)
        feed = request.path_params["feed"]
        if feed not in FEEDS:
            return JSONResponse({"error": "Không có luồng này."}, status_code=404)
        after, limit = int(request.query_params.get("sau", 0)), int(request.query_params.get("toi_da", MOST))
        found, last = self._database.changes(feed, after=after, limit=min(limit, MOST))
        return JSONResponse({"BanGhi": found, "Sau": last})

    async def write(self, request: Request) -> Response:
        """Change a record as its own officers would: ``{"DuLieu": {...}, "Huy": false}``."""
        told = await request.json()
        feed, record_id = request.path_params["feed"], request.path_params["record_id"]
        number = self._database.write(feed, record_id, told.get("DuLieu") or {}, cancel=bool(told.get("Huy")))
        return JSONResponse({"PhienBan": number}, status_code=201)

    async def behave(self, request: Request) -> Response:
        told: dict[str, Any] = await request.json()
        if told.get("mood") not in MOODS:
            return JSONResponse({"error": f"mood: {', '.join(MOODS)}"}, status_code=422)
        self._database.behaviour = Behaviour(told["mood"])
        return JSONResponse(asdict(self._database.behaviour))

    async def page(self, _request: Request) -> Response:
        items = "".join(
            f"<li><strong>{escape(one['IdBanGhi'])}</strong> · {escape(one['SuKien'])} · "
            f"bản {one['PhienBan']}<br>{escape(str(one['DuLieu'].get('HoVaTen', '')))}</li>"
            for one in self._database.standing(PERSONS)
        )
        return appearance.page("Dân cư", f"<ul>{items}</ul>", notice=NOTICE)
