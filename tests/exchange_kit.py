"""The stand-in of the national portal, joined to the product both ways without a network."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from sandbox.national_portal.book import Book
from sandbox.national_portal.portal import Behaviour, Portal
from sandbox.national_portal.service import Service
from starlette.testclient import TestClient

from tests.dossiers_kit import Province
from tests.papers_samples import photo
from tinhso.dossiers.models import Dossier
from tinhso.exchange import fetching, jobs, waiting
from tinhso.exchange.actions.send_dispatch import send_dispatch
from tinhso.exchange.models import Envelope, EnvelopeState
from tinhso.exchange.national_portal import client
from tinhso.exchange.national_portal.client import FileGone
from tinhso.kernel import clock

URL = "http://portal.test"
PASSWORD, KEY = "mat-khau-thu", "khoa-thu"
SEND = httpx.post
CITIZEN = "000195000102"


class World:
    """
    The stand-in and the product; jobs run when told to.

    :param now: the clock of both
    """

    def __init__(self, province: Province) -> None:
        self.province, self.now = province, province.at
        self.portal = Portal(
            book=Book(":memory:"),
            user=settings.TINHSO.national_portal_user,
            password=lambda: PASSWORD,
            key=KEY.encode,
            post=self._to_us,
            now=lambda: self.now.timestamp(),
            url=URL,
        )
        self._client = TestClient(Service(self.portal).app())

    def file(self, *, files: int = 1, part: str = "", **said: Any) -> str:
        """File a dossier on the portal and deliver it; return its national code."""
        kept = [
            (self.portal.keep_file(f"{number}.jpg", "image/jpeg", photo(width=500 + number)), part)
            for number in range(files)
        ]
        code = self.portal.submit({**self.said(), **said}, kept)
        self.deliver()
        return code

    def said(self) -> dict[str, Any]:
        return {
            "MaTTHC": "1.001193",
            "TenTTHC": "Đăng ký khai sinh",
            "ChuHoSo": "LA THỊ NGA",
            "SoDienThoai": "0912345678",
            "DinhDanhCHS": {"LoaiDinhDanh": "1", "SoDinhDanh": CITIZEN},
            "DonViXuLy": "Ủy ban nhân dân xã Bình Liêu",
        }

    def deliver(self) -> None:
        while self.portal.deliver_due():
            pass

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def open_all(self) -> None:
        """Run what a worker would: the jobs asked for, then what has waited its time."""
        for pk in Envelope.objects.filter(state=EnvelopeState.RECEIVED).order_by("received_at"):
            fetching.fetch_and_open(actor=jobs.ACTOR, at=self.now, envelope_id=str(pk.pk))
        jobs_left = ProcrastinateJob.objects.filter(task_name="tinhso.exchange.jobs.open_it")
        for job in jobs_left.order_by("id"):
            fetching.fetch_and_open(actor=jobs.ACTOR, at=self.now, envelope_id=job.args["envelope_id"])
        for envelope_id in waiting.envelopes_due(at=self.now):
            fetching.fetch_and_open(actor=jobs.ACTOR, at=self.now, envelope_id=envelope_id)

    def send_all(self) -> None:
        for code in waiting.codes_due(at=self.now):
            while send_dispatch(actor=jobs.ACTOR, at=self.now, code=code):
                pass

    def arrived(self, **said: Any) -> Dossier:
        """Return the dossier that came of one filing."""
        code = self.file(**said)
        self.open_all()
        return Dossier.objects.get(national_code=code)

    def envelope(self, code: str = "") -> Envelope:
        rows = Envelope.objects.filter(code=code) if code else Envelope.objects.all()
        return rows.get()

    def statuses(self, code: str) -> list[str]:
        """Return the statuses the portal was told, in order, each once."""
        told = [row["status"] for row in self.portal.told(code)]
        return [one for number, one in enumerate(told) if number == 0 or told[number - 1] != one]

    def behave(self, **told: Any) -> None:
        self.portal.behaviour = Behaviour(**{"times": 1, **told})

    def from_us(self, url: str, **arguments: Any) -> httpx.Response:
        if not url.startswith(URL):
            return SEND(url, **arguments)
        arguments.pop("timeout")
        answer = self._client.post(url.removeprefix(URL), **arguments)
        return httpx.Response(answer.status_code, content=answer.content)

    def fetch(self, address: str) -> BytesIO:
        answer = self._client.get(address.removeprefix(URL))
        if answer.status_code != 200:
            raise FileGone(f"HTTP {answer.status_code}")
        return BytesIO(answer.content)

    def _to_us(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        answer = Client().post(path, body, content_type="application/json", headers=dict(headers))
        return answer.status_code, answer.content.decode()


@contextmanager
def connected(province: Province, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Connect the product to the stand-in."""
    world = World(province)
    told = settings.TINHSO.model_copy(update={"national_portal_url": URL})
    monkeypatch.setattr(settings, "TINHSO", told)
    monkeypatch.setattr(settings, "NATIONAL_PORTAL_SECRETS", (PASSWORD, KEY), raising=False)
    monkeypatch.setattr(clock, "now", lambda: world.now)
    monkeypatch.setattr(httpx, "post", world.from_us)

    @contextmanager
    def stream(_portal: client.HttpPortal, address: str) -> Iterator[Any]:
        answer = world._client.get(address.removeprefix(URL))
        yield httpx.Response(answer.status_code, content=answer.content)

    monkeypatch.setattr(client.HttpPortal, "_stream", stream)
    yield world


def sent(world: World, body: Any, **headers: str) -> Any:
    """Post a body to our address as anybody could."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    client_ = Client(enforce_csrf_checks=True)
    return client_.post(
        "/api/callbacks/national-portal", raw, content_type="application/json", headers=headers
    )
