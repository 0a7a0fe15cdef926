"""E-mail and SMS go out at most once, are tried again when surely not sent, and failures stay visible."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from aiosmtpd.controller import Controller
from asgiref.sync import sync_to_async
from django.core import mail
from django.db import connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings
from sandbox.mail.mailbox import Mailbox
from sandbox.mail.mailbox import Mood as MailMood
from sandbox.mail.service import MailService
from sandbox.sms.gateway import Gateway, Mood
from sandbox.sms.service import SmsService
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.db.kernel_threads import at_once
from tests.notices_kit import AT, citizen, new_person, operator, states, tell
from tinhso.kernel.jobs import run_worker
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.notices import delivering, queries, sms
from tinhso.notices.actions import resend
from tinhso.notices.actions.resend import NothingToResend
from tinhso.notices.delivering import TryAgain, deliver, set_stuck_aside
from tinhso.notices.models import Delivery, DeliveryState
from tinhso.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Gateway:
    """The stand-in gateway, reached through the real client and contract."""
    there = Gateway()
    client = TestClient(Starlette(routes=SmsService(there).routes()), base_url="http://sms.test")

    def post(url: str, *, json: dict[str, str], headers: dict[str, str], timeout: float) -> httpx.Response:
        return client.post("/" + url.rpartition("/")[2], json=json, headers=headers)

    monkeypatch.setattr(sms.httpx, "post", post)
    return there


@pytest.fixture
def mailbox(tmp_path: Path, settings: Settings) -> Iterator[Mailbox]:
    """The stand-in SMTP server on a free port."""
    there = Mailbox(tmp_path / "mail")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(there, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield there
    controller.stop()


def only(way: str) -> Person:
    return new_person(phone="") if way == "email" else new_person(email="")


def send(*, is_last: bool = False, at: Any = AT) -> None:
    for row in Delivery.objects.all():
        deliver(at=at, delivery_id=row.id, is_last=is_last)


def test_an_email_arrives_whole_with_its_marks(mailbox: Mailbox) -> None:
    tell(only("email"))
    send()
    (letter,) = mailbox.letters()
    row = Delivery.objects.get()
    assert (letter.to, letter.subject) == ("an@example.vn", "Đã nhận hồ sơ H49.99-261123-0001 bạn gửi")
    assert "Bạn đã gửi hồ sơ «Đăng ký khai sinh»" in letter.text
    assert str(row.id) in letter.message_id
    assert (row.state, row.sent_at, row.attempts) == (DeliveryState.SENT, AT, 1)
    assert LedgerEntry.objects.filter(kind="notice.sent").count() == 1


def test_the_stand_ins_show_what_they_took(mailbox: Mailbox, gateway: Gateway) -> None:
    tell(new_person())
    send()
    routes = [*MailService(mailbox).routes(), *SmsService(gateway).routes()]
    site = TestClient(Starlette(routes=routes))
    first = site.get("/").text
    assert "Môi trường thử" in first
    assert "H49.99-261123-0001" in first
    assert "Khai sinh" in site.get("/mail/000001").text.replace("khai sinh", "Khai sinh")
    assert "0912345678" in site.get("/sms").text
    assert site.get("/mail", params={"to": "an@example.vn"}).json()[0]["id"] == "000001"
    assert site.get("/mail/9").status_code == 404
    assert mailbox.letter("../mail/000001") is None


def test_a_job_that_runs_twice_sends_once(gateway: Gateway) -> None:
    tell(new_person())
    send()
    send()
    assert len(mail.outbox) == 1
    assert len(gateway.taken()) == 1


def test_while_the_mail_server_is_down_it_waits_and_then_goes_out_once(
    mailbox: Mailbox, settings: Settings
) -> None:
    tell(only("email"))
    right, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with pytest.raises(TryAgain):
        send()
    assert states() == {"email": "waiting"}
    settings.EMAIL_PORT = right
    mailbox.mood = MailMood("down", times=1)
    with pytest.raises(TryAgain, match="451"):
        send()
    send()
    assert (states(), Delivery.objects.get().attempts) == ({"email": "sent"}, 3)
    assert len(mailbox.letters()) == 1


def test_a_wrong_mailbox_fails_at_once_and_is_shown(mailbox: Mailbox) -> None:
    tell(only("email"))
    mailbox.mood = MailMood("reject", times=1)
    send()
    (troubled,) = queries.troubled_deliveries(actor=operator())
    assert (troubled.state, "550" in troubled.last_error) == ("failed", True)
    assert LedgerEntry.objects.get(kind="notice.not_sent").payload["state"] == "failed"


def test_a_line_that_breaks_after_the_text_leaves_it_uncertain_and_never_sends_it_twice(
    mailbox: Mailbox,
) -> None:
    tell(only("email"))
    mailbox.mood = MailMood("break", times=1)
    send()
    assert states() == {"email": "uncertain"}
    send()
    send(is_last=True)
    assert len(mailbox.letters()) == 1


def test_an_sms_waits_while_the_gateway_is_down_and_goes_out_once(gateway: Gateway) -> None:
    tell(only("sms"))
    gateway.mood = Mood("down", times=1)
    with pytest.raises(TryAgain, match="503"):
        send()
    gateway.mood = Mood("lost", times=1)
    with pytest.raises(TryAgain, match="504"):
        send()
    send()
    assert (states(), Delivery.objects.get().receipt) == ({"sms": "sent"}, "SMS000001")
    assert len(gateway.taken()) == 1


def test_a_number_that_does_not_exist_fails_at_once(gateway: Gateway) -> None:
    tell(only("sms"))
    gateway.mood = Mood("reject", times=1)
    send()
    assert states() == {"sms": "failed"}


def test_when_patience_ends_the_failure_is_shown(gateway: Gateway) -> None:
    tell(only("sms"))
    gateway.mood = Mood("down", times=9)
    send(is_last=True)
    (troubled,) = queries.troubled_deliveries(actor=operator())
    assert (troubled.state, troubled.last_error) == ("failed", "HTTP 503")


def test_an_operator_has_it_sent_again(gateway: Gateway) -> None:
    tell(only("sms"))
    gateway.mood = Mood("reject", times=1)
    send()
    row = Delivery.objects.get()
    jobs = ProcrastinateJob.objects.count()
    for nobody in (citizen(None), operator("chairperson")):
        with pytest.raises(NotAllowed):
            resend(actor=nobody, at=AT, delivery_id=row.id)
        with pytest.raises(NotAllowed):
            queries.troubled_deliveries(actor=nobody)
    assert states() == {"sms": "failed"}
    assert resend(actor=operator(), at=AT, delivery_id=row.id).state == "waiting"
    assert ProcrastinateJob.objects.count() == jobs + 1
    send()
    with pytest.raises(NothingToResend):
        resend(actor=operator(), at=AT, delivery_id=row.id)
    with pytest.raises(NotFound):
        resend(actor=operator(), at=AT, delivery_id=uuid4())
    assert states() == {"sms": "sent"}


def test_what_a_dying_process_was_sending_becomes_uncertain_and_is_not_sent_again(gateway: Gateway) -> None:
    tell(only("sms"))
    Delivery.objects.update(state=DeliveryState.SENDING, claimed_at=AT)
    send()
    assert set_stuck_aside(at=AT + timedelta(minutes=9)) == 0
    assert set_stuck_aside(at=AT + timedelta(minutes=11)) == 1
    send()
    assert (states(), gateway.taken()) == ({"sms": "uncertain"}, [])


def test_a_delivery_that_is_gone_is_nobodys_job() -> None:
    deliver(at=AT, delivery_id=UUID(int=1), is_last=False)


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_delivery_send_it_once() -> None:
    tell(only("email"))
    row = Delivery.objects.get()
    first_has_claimed = threading.Event()

    def act(number: int) -> None:
        if number == 1:
            assert first_has_claimed.wait(10)
            deliver(at=AT, delivery_id=row.id, is_last=False)
            return
        with transaction.atomic():
            deliver(at=AT, delivery_id=row.id, is_last=False)
            first_has_claimed.set()
            # The second comes while the claim of this one is not committed yet.
            threading.Event().wait(0.3)

    at_once(act, callers=2)
    assert (len(mail.outbox), Delivery.objects.get().attempts) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_the_act_asked_for(gateway: Gateway) -> None:
    tell(new_person())
    run_worker(queues=("notices",), concurrency=1, wait=False)
    # The worker's own thread would otherwise hold up the removal of the test database.
    asyncio.run(sync_to_async(connections.close_all)())
    assert states() == {"email": "sent", "sms": "sent"}
    assert len(mail.outbox) == len(gateway.taken()) == 1


@pytest.mark.parametrize("answer", [httpx.Response(202, text="taken"), httpx.Response(202, json=[])])
def test_a_gateway_that_takes_it_and_gives_no_number_is_not_asked_again(
    answer: httpx.Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sms.httpx, "post", lambda *_, **__: answer)
    tell(only("sms"))
    send()
    assert states() == {"sms": "sent"}


def test_the_gateway_is_told_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, Any] = {}
    monkeypatch.setattr(
        sms.httpx, "post", lambda *_, **sent: told.update(sent) or httpx.Response(202, json={"id": 1})
    )
    assert sms.HttpGateway("http://sms.test", "s3cret").send(to="1", text="x", key="k") == "1"
    assert told["headers"] == {"Idempotency-Key": "k", "Authorization": "Bearer s3cret"}


def test_a_claim_outlives_the_carriers_time_limits() -> None:
    assert timedelta(seconds=2 * sms.TIMEOUT_SECONDS) < delivering.CLAIM
