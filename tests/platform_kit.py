"""What tests of the portal's payment platform start from: the stand-in, its clock, wires that can be cut."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.test import Client
from sandbox.payment_platform.book import Book
from sandbox.payment_platform.platform import Behaviour, Platform
from sandbox.payment_platform.service import Service
from starlette.testclient import TestClient

from tests.payments_kit import AT, SYSTEM
from tinhso.kernel import clock
from tinhso.payments.actions.begin_platform_payment import begin_platform_payment
from tinhso.payments.types import BillView, PaidFor
from tinhso.people.types import Actor

ABOUT = PaidFor(
    dossier_code="H49.99-261123-0001",
    procedure_code="1.001193",
    procedure_name="Đăng ký khai sinh",
    agency_code="H49.99",
    agency_name="UBND xã Bình Liêu",
    payer_name="Nguyễn Văn A",
    payer_personal_id="022090000001",
    payer_address="Thôn 1",
)
SEND = httpx.post
BACK = "http://testserver/ho-so/1/thanh-toan/"


class World:
    """The stand-in platform, joined to the product both ways without a network."""

    def __init__(self) -> None:
        self.now: datetime = AT
        self.url = settings.TINHSO.platform_url.rstrip("/")
        self.platform = Platform(
            client_id=settings.TINHSO.platform_client_id,
            keys=lambda: (settings.PLATFORM_KEYS[0], settings.PLATFORM_KEYS[1]),
            book=Book(":memory:"),
            post=self._to_us,
            now=lambda: self.now.timestamp(),
            url=self.url,
        )
        self._client = TestClient(Service(self.platform).app())

    def begin(self, bill: BillView, *, actor: Actor = SYSTEM) -> str:
        return begin_platform_payment(actor=actor, at=self.now, bill_id=bill.id, about=ABOUT, return_url=BACK)

    def pay(self, bill: BillView, **behaviour: Any) -> str:
        """Begin and pay; return the number of the payment."""
        number = self.begin(bill).rsplit("/", 1)[1]
        if behaviour:
            self.platform.behaviour = Behaviour(times=1, **behaviour)
        self.platform.pay(number)
        return number

    def report(self, number: str) -> dict[str, Any]:
        """Return the body of a genuine callback."""
        return self.platform._report({**self.platform.payment(number), "spoil": ""})

    def callbacks(self) -> list[str]:
        return [row["state"] for row in self.platform.book.rows("SELECT state FROM callback ORDER BY id")]

    def from_us(self, url: str, **arguments: Any) -> httpx.Response:
        if not url.startswith(self.url):
            return SEND(url, **arguments)
        arguments.pop("timeout")
        answer = self._client.post(url.removeprefix(self.url), **arguments)
        return httpx.Response(answer.status_code, content=answer.content)

    def _to_us(self, path: str, body: Mapping[str, Any]) -> tuple[int, str]:
        answer = Client().post(path, json.dumps(body), content_type="application/json")
        return answer.status_code, answer.content.decode()


@pytest.fixture
def platform_world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    monkeypatch.setattr(clock, "now", lambda: made.now)
    monkeypatch.setattr(httpx, "post", made.from_us)
    return made
