"""The stand-in of the national portal and our client agree over a socket, from session to signature."""

import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from django.conf import settings

from tests.e2e.demonstration import free_ports
from tests.papers_samples import photo
from tinhso.exchange.national_portal.checking import check
from tinhso.exchange.national_portal.client import FileGone, HttpPortal, PortalRefused, PortalUnreachable
from tinhso.exchange.national_portal.contract import read_dossier
from tinhso.exchange.national_portal.rules import load_portal_rules
from tinhso.exchange.national_portal.signing import SIGNATURE, TIMESTAMP, ForgedDelivery, authenticate

PATIENCE = 60.0


@dataclass
class Province:
    """A web server that keeps what the portal delivers. :param answer: with which status"""

    url: str
    answer: int = 200
    deliveries: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@dataclass
class StandIn:
    url: str
    folder: Path
    province: Province

    def file(self, **said: Any) -> str:
        picture = base64.b64encode(photo(width=300)).decode()
        files = [{"name": "a.jpg", "media": "image/jpeg", "part": "TP-1", "base64": picture}]
        body = {"dossier": {"ChuHoSo": "La Thị Nga", **said}, "files": files}
        answer = httpx.post(f"{self.url}/submit", json=body, timeout=20)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["MaHoSo"])

    def secret(self, name: str) -> str:
        return (self.folder / f"national_portal_{name}").read_text(encoding="ascii")

    def client(self, **changed: Any) -> HttpPortal:
        told: dict[str, Any] = {
            "url": self.url,
            "user": "000.00.00.H49",
            "password": self.secret("password"),
            "unit": "000.00.00.H49",
            "rules": load_portal_rules(settings.TINHSO.packs),
            "file_hosts": frozenset({self.url}),
        }
        return HttpPortal(**told | changed)

    def delivered(self, count: int) -> list[tuple[dict[str, str], bytes]]:
        until = time.monotonic() + PATIENCE
        while len(self.province.deliveries) < count and time.monotonic() < until:
            time.sleep(0.05)
        return self.province.deliveries


@pytest.fixture
def province() -> Iterator[Province]:
    kept = Province(url="")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.deliveries.append((dict(self.headers), body))
            self.send_response(kept.answer)
            self.end_headers()
            self.wfile.write(b'{"error_code": "0"}')

        def log_message(self, *_said: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield kept
    server.shutdown()


@pytest.fixture
def stand_in(province: Province, tmp_path: Path) -> Iterator[StandIn]:
    (port,) = free_ports(1)
    command = [
        sys.executable,
        "-m",
        "sandbox.national_portal",
        "--port",
        str(port),
        "--province",
        province.url,
    ]
    environment = {**os.environ, "TINHSO_VAR": str(tmp_path)}
    process = subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2])
    made = StandIn(f"http://127.0.0.1:{port}", tmp_path, province)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            httpx.get(made.url, timeout=2)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield made
    process.terminate()
    process.wait(timeout=20)


def test_what_is_filed_there_is_delivered_signed_and_its_file_can_be_fetched(stand_in: StandIn) -> None:
    code = stand_in.file()
    ((headers, body),) = stand_in.delivered(1)
    said = json.loads(body)
    assert (said["service"], said["isUpdating"]) == ("DongBoHoSoMC", "False")
    found = {name.lower(): value for name, value in headers.items()}
    authenticate(
        key=stand_in.secret("key").encode(),
        timestamp=found[TIMESTAMP.lower()],
        given=found[SIGNATURE.lower()],
        body=body,
        at=datetime.now(tz=UTC),
        window=timedelta(minutes=5),
    )
    dossier = read_dossier(said["data"][0])
    assert dossier.MaHoSo == code
    with stand_in.client().fetch(dossier.files[0].DuongDanTaiTepTin) as content:
        assert content.read(2) == b"\xff\xd8"
    with pytest.raises(FileGone):
        stand_in.client(file_hosts=frozenset()).fetch(dossier.files[0].DuongDanTaiTepTin)


def test_a_delivery_that_is_not_taken_comes_again(stand_in: StandIn) -> None:
    stand_in.province.answer = 503
    stand_in.file()
    stand_in.delivered(1)
    stand_in.province.answer = 200
    assert len(stand_in.delivered(2)) >= 2


def test_a_forged_delivery_is_known_as_one(stand_in: StandIn) -> None:
    httpx.post(f"{stand_in.url}/behaviour", json={"forged": True}, timeout=20)
    stand_in.file()
    ((headers, body),) = stand_in.delivered(1)
    found = {name.lower(): value for name, value in headers.items()}
    with pytest.raises(ForgedDelivery):
        authenticate(
            key=stand_in.secret("key").encode(),
            timestamp=found[TIMESTAMP.lower()],
            given=found[SIGNATURE.lower()],
            body=body,
            at=datetime.now(tz=UTC),
            window=timedelta(minutes=5),
        )


def test_our_client_signs_in_looks_up_and_is_told_no_in_words(stand_in: StandIn) -> None:
    code = stand_in.file()
    client = stand_in.client()
    looked_up = client.look_up(code)
    assert looked_up is not None
    assert looked_up["MaHoSo"] == code
    assert client.look_up("khong-co") is None
    with pytest.raises(PortalRefused, match="Thiếu"):
        client.send("DongBoHoSoMC", [{"MaHoSo": "1"}], is_update=False)
    with pytest.raises(PortalUnreachable, match="no session"):
        stand_in.client(password="sai").look_up(code)


def test_an_operator_is_told_whether_the_connection_works(stand_in: StandIn) -> None:
    assert check(stand_in.client()) == ()
    assert "mật khẩu" in check(stand_in.client(password="sai"))[0]
    httpx.post(f"{stand_in.url}/behaviour", json={"refuse": True}, timeout=20)
    assert "từ chối" in check(stand_in.client())[0]


def test_a_portal_that_is_away_is_nobody_s_no(stand_in: StandIn) -> None:
    httpx.post(f"{stand_in.url}/behaviour", json={"away": True}, timeout=20)
    with pytest.raises(PortalUnreachable, match="503"):
        stand_in.client().look_up("1")


def test_the_page_says_that_it_is_a_trial(stand_in: StandIn) -> None:
    assert "Môi trường thử" in httpx.get(stand_in.url, timeout=20).text
