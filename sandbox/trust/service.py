"""The stand-in's web service: certomancer's protocols, short addresses, and a switch for trouble."""

import json
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from certomancer.integrations.animator import Animator, AnimatorArchStore
from werkzeug.wrappers import Request, Response

from sandbox.trust import pki

SERVICES = {"tsa": "/trust/tsa/tsa", "ocsp": "/trust/ocsp/issuing", "crl": "/trust/crls/issuing/latest.crl"}
TROUBLES = {"down", "slow", "garbage"}
SLOW_SECONDS = 8
StartResponse = Callable[..., Any]

PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8">
<title>Môi trường thử: chứng thực chữ ký</title>
<h1>Môi trường thử: chứng thực chữ ký</h1><p>Dịch vụ giả lập, không có giá trị pháp lý.</p>
<ul><li>POST /tsa (RFC 3161)<li>POST /ocsp (RFC 6960)<li>GET /crl (RFC 5280)<li>GET /root.pem
<li>POST /control {"tsa": "down" | "slow" | "garbage" | null, "ocsp": …, "crl": …}</ul></html>"""


class Service:
    """
    One WSGI application. Certificates issued or revoked while it runs count at once.

    ``POST /control`` with ``{"tsa": "down"}`` makes a service fail until it is told ``null``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trouble: dict[str, str] = {}
        self._lock = threading.Lock()
        self._animator: Animator | None = None
        self._stamp = 0

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        answer = self._answer(request)
        if answer is not None:
            return answer(environ, start_response)
        environ["PATH_INFO"] = SERVICES.get(request.path.lstrip("/"), request.path)
        result: Iterable[bytes] = self._current()(environ, start_response)
        return result

    def warm(self) -> None:
        """Read the authority before the first request: its keys take a moment."""
        self._current()

    def _answer(self, request: Request) -> Response | None:
        """Answer what certomancer is not to answer."""
        if request.path == "/":
            return Response(PAGE, mimetype="text/html")
        if request.path == "/control":
            return self._control(request)
        if request.path == "/root.pem":
            return Response(
                (self.folder / "roots" / "root.pem").read_text(), mimetype="application/x-pem-file"
            )
        return self._misbehave(self.trouble.get(_service_of(request.path), ""))

    def _control(self, request: Request) -> Response:
        if request.method == "POST":
            wanted = json.loads(request.get_data() or b"{}")
            if not set(wanted) <= set(SERVICES) or not {v for v in wanted.values() if v} <= TROUBLES:
                return Response("unknown service or trouble", status=400)
            self.trouble = {**self.trouble, **wanted}
            self.trouble = {service: how for service, how in self.trouble.items() if how}
        return Response(json.dumps(self.trouble), mimetype="application/json")

    def _misbehave(self, trouble: str) -> Response | None:
        if trouble == "down":
            return Response("Dịch vụ tạm ngừng (môi trường thử).", status=503)
        if trouble == "garbage":
            return Response(b"\x00garbage", mimetype="application/octet-stream")
        if trouble == "slow":
            time.sleep(SLOW_SECONDS)
        return None

    def _current(self) -> Animator:
        """Return the authority, read again when its configuration has changed."""
        stamp = (self.folder / pki.CONFIGURATION).stat().st_mtime_ns
        with self._lock:
            if self._animator is None or stamp != self._stamp:
                architecture = pki.load(self.folder).get_pki_arch(pki.ARCH)
                self._animator = Animator(
                    AnimatorArchStore({pki.ARCH: architecture}), with_web_ui=False, allow_time_override=False
                )
                self._stamp = stamp
            return self._animator


def _service_of(path: str) -> str:
    parts = path.strip("/").split("/")
    names = {"tsa": "tsa", "ocsp": "ocsp", "crl": "crl", "crls": "crl"}
    return names.get(parts[1] if len(parts) > 1 and parts[0] == "trust" else parts[0], "")
