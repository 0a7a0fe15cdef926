"""The stand-in identity provider on a loopback port of its own, and a citizen's way through it."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.test import Client
from granian.constants import Interfaces
from granian.server.embed import Server
from sandbox.identity.service import Service

HOST = "http://testserver"
CALLBACK = "/dang-nhap/dinh-danh/xac-nhan/"


@contextmanager
def running(**settings: Any) -> Iterator[Service]:
    """Serve a stand-in whose client is Django's test client."""
    port = _free_port()
    service = Service(issuer=f"http://127.0.0.1:{port}", client_origins=(HOST,), **settings)
    loop = asyncio.new_event_loop()
    server = Server(
        service.app(), address="127.0.0.1", port=port, interface=Interfaces.ASGI, log_enabled=False
    )
    thread = threading.Thread(target=_serve, args=(loop, server), daemon=True)
    thread.start()
    _wait(service.issuer)
    try:
        yield service
    finally:
        loop.call_soon_threadsafe(server.stop)
        thread.join(timeout=5)


def configuration(service: Service) -> dict[str, Any]:
    """Return SOCIALACCOUNT_PROVIDERS for this stand-in."""
    app = {
        "provider_id": "dinh-danh",
        "name": "dinh-danh",
        "client_id": "tinhso",
        "secret": "moi-truong-thu",
        "settings": {"server_url": service.issuer, "scope": ["openid", "profile"]},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def start(client: Client, *, next_url: str = "") -> str:
    """Press the button on our page and return the provider's address it leads to."""
    answer = client.post("/dang-nhap/dinh-danh/", {"next": next_url})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def answer_at_provider(address: str, **form: str) -> str:
    """Answer the provider's page and return the address it sends the citizen to."""
    page = httpx.get(address)
    assert page.status_code == 200, page.text
    answer = httpx.post(address.split("?")[0], data={"request": _request_name(page.text)} | form)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def come_back(client: Client, address: str) -> Any:
    """Follow the provider's redirect into our site."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def sign_in_by_provider(client: Client, personal_id: str, *, next_url: str = "") -> Any:
    """Go the whole way and return our last answer."""
    return come_back(client, answer_at_provider(start(client, next_url=next_url), citizen=personal_id))


class _Hidden(HTMLParser):
    name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("name") == "request":
            self.name = found.get("value") or ""


def _request_name(html: str) -> str:
    parser = _Hidden()
    parser.feed(html)
    return parser.name


def _serve(loop: asyncio.AbstractEventLoop, server: Server) -> None:
    asyncio.set_event_loop(loop)
    loop.run_until_complete(server.serve())


def _wait(address: str) -> None:
    for _attempt in range(100):
        try:
            httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"nothing answers at {address}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
