"""The portal over HTTP: pages for citizens, the contract for provinces."""

import base64
from collections.abc import Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox import behaving
from sandbox.behaving import delivering
from sandbox.national_portal import pages
from sandbox.national_portal.portal import Behaviour, Portal, Refused

WAKE_SECONDS = 0.2
LARGEST_FILE = 2 * 1024 * 1024
KINDS: dict[str, Callable[[Any], Any]] = {
    "times": int,
    "duplicate": int,
    "out_of_order": bool,
    "delay": float,
    "forged": bool,
    "lost_files": bool,
    "newer": bool,
    "away": bool,
    "refuse": bool,
}


class Service:
    """Routes of one portal."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal

    def app(self) -> Starlette:
        """Return the application; deliveries go out while it runs."""
        routes = [
            Route("/", self.first_page, methods=["GET", "POST"]),
            Route("/ho-so/{code}", self.dossier),
            Route("/ho-so/{code}/rut", self.withdraw, methods=["POST"]),
            Route("/ho-so/{code}/gui-lai", self.deliver_again, methods=["POST"]),
            Route("/files/{number}", self.file),
            Route("/submit", self.submit, methods=["POST"]),
            Route("/told/{code}", self.told),
            Route("/behaviour", self.behaviour, methods=["GET", "POST"]),
            Route("/mapi/login", self.log_in, methods=["POST"]),
            Route("/mapi/g", self.call, methods=["POST"]),
        ]
        return Starlette(routes=routes, lifespan=delivering(self.portal.deliver_due, every=WAKE_SECONDS))

    async def first_page(self, request: Request) -> Response:
        if request.method == "POST":
            try:
                return RedirectResponse(f"/ho-so/{await self._from_form(request)}", status_code=303)
            except Refused as problem:
                return pages.first(self._newest(), wrong=str(problem))
        return pages.first(self._newest())

    async def dossier(self, request: Request) -> Response:
        code = request.path_params["code"]
        body = self.portal.dossier(code)
        if body is None:
            return pages.first(self._newest(), wrong="Không có hồ sơ này.")
        sent = self.portal.book.rows("SELECT * FROM delivery WHERE code = ? ORDER BY id", code)
        return pages.dossier(code, body, self.portal.told(code), [dict(row) for row in sent])

    async def withdraw(self, request: Request) -> Response:
        self.portal.update(request.path_params["code"], {"TrangThaiHoSo": "7"})
        return RedirectResponse(f"/ho-so/{request.path_params['code']}", status_code=303)

    async def deliver_again(self, request: Request) -> Response:
        self.portal.update(request.path_params["code"], {})
        return RedirectResponse(f"/ho-so/{request.path_params['code']}", status_code=303)

    async def file(self, request: Request) -> Response:
        found = self.portal.file(request.path_params["number"])
        if found is None:
            return Response("Không có tệp này.", status_code=404)
        return Response(found[2], media_type=found[1])

    async def submit(self, request: Request) -> Response:
        """File as a program does: ``dossier``, ``files`` of ``name, media, part, base64``, and ``update``."""
        said = await request.json()
        try:
            files = [
                (
                    self.portal.keep_file(one["name"], one["media"], base64.b64decode(one["base64"])),
                    one["part"],
                )
                for one in said.get("files", [])
            ]
            if said.get("update"):
                code = str(said["dossier"]["MaHoSo"])
                self.portal.update(code, said["dossier"], files)
            else:
                code = self.portal.submit(said["dossier"], files)
        except (Refused, KeyError, ValueError, TypeError) as problem:
            return JSONResponse({"error": str(problem)}, status_code=422)
        return JSONResponse({"MaHoSo": code})

    async def told(self, request: Request) -> Response:
        return JSONResponse(self.portal.told(request.path_params["code"]))

    async def behaviour(self, request: Request) -> Response:
        return await behaving.answer(request, self.portal, read=_behaviour, form=pages.behaviour_form)

    async def log_in(self, request: Request) -> Response:
        return await self._answer(request, lambda said: {"session": self.portal.log_in(said)})

    async def call(self, request: Request) -> Response:
        return await self._answer(request, self.portal.call)

    async def _answer(self, request: Request, do: Callable[[dict[str, Any]], dict[str, Any]]) -> Response:
        if self.portal.behaviour.away:
            return JSONResponse({"error_code": "99", "message": "Đang bảo trì."}, status_code=503)
        try:
            said = await request.json()
            told = do(said)
        except Refused as problem:
            return JSONResponse({"error_code": "1", "message": str(problem)})
        except (ValueError, KeyError, TypeError, AttributeError):
            return JSONResponse({"error_code": "2", "message": "Thiếu hoặc sai trường."})
        return JSONResponse({"error_code": "0", "message": "", **told})

    async def _from_form(self, request: Request) -> str:
        form = await request.form()
        said: dict[str, Any] = {name: str(form.get(name, "")) for name, _label, _value in pages.FIELDS}
        said["DinhDanhCHS"] = {"LoaiDinhDanh": "1", "SoDinhDanh": said.pop("SoDinhDanh")}
        upload, files = form.get("file"), []
        if isinstance(upload, UploadFile) and upload.filename:
            content = await upload.read(LARGEST_FILE + 1)
            if len(content) > LARGEST_FILE:
                raise Refused("Tệp lớn hơn 2 MB.")
            media = upload.content_type or "application/octet-stream"
            files.append((self.portal.keep_file(upload.filename, media, content), str(form.get("part", ""))))
        return self.portal.submit(said, files)

    def _newest(self) -> list[dict[str, Any]]:
        rows = self.portal.book.rows("SELECT code, status FROM dossier ORDER BY at DESC LIMIT 20")
        return [dict(row) for row in rows]


def _behaviour(told: Mapping[str, Any]) -> Behaviour:
    return behaving.told_to(Behaviour(times=1), told, KINDS)
