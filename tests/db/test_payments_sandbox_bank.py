"""The stand-in bank and the platform agree on codes, callbacks, statements and refunds, whatever happens."""

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest
from django.test import Client
from PIL import Image
from sandbox.bank.bank import Bank, Behaviour
from sandbox.bank.book import Book
from sandbox.bank.qr import Unreadable, read
from sandbox.bank.service import Service
from starlette.testclient import TestClient

from tests.payments_kit import AT, BANK, SECRET, SYSTEM, TOTAL, later, new_bill, officer
from tinhso.api.callbacks import bank as view
from tinhso.payments import bank as ours
from tinhso.payments import queries
from tinhso.payments.actions.import_statement import import_statement
from tinhso.payments.actions.request_refund import request_refund
from tinhso.payments.models import BankTransaction
from tinhso.payments.pictures import as_png
from tinhso.payments.states import BillState
from tinhso.payments.types import BillView
from tinhso.payments.vietqr import Transfer, build

pytestmark = pytest.mark.django_db


class World:
    """A bank, its clock, and a wire to the platform that can be cut."""

    def __init__(self) -> None:
        self.now = AT
        self.cut = False
        self.bank = Bank(
            id=BANK,
            secret=lambda: SECRET,
            book=Book(":memory:"),
            post=self.post,
            now=lambda: self.now.timestamp(),
        )

    def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        if self.cut:
            raise OSError("no route")
        sent = {name: value for name, value in headers.items() if name != "Content-Type"}
        answer = Client().post("/api/callbacks/bank", body, content_type="application/json", headers=sent)
        return answer.status_code, answer.content.decode()

    def pay(self, bill: BillView, **behaviour: Any) -> dict[str, Any]:
        if behaviour:
            self.bank.behaviour = Behaviour(times=1, **behaviour)
        return self.bank.pay(read(bill.payload), payer="NGUYEN VAN A")

    def callbacks(self) -> list[str]:
        return [row["state"] for row in self.bank.book.rows("SELECT state FROM callback ORDER BY id")]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    monkeypatch.setattr(view.clock, "now", lambda: made.now)
    return made


def again(bill: BillView) -> BillView:
    return queries.access_bill(actor=SYSTEM, bill_id=bill.id)


def test_what_the_code_asks_for_is_what_gets_paid(world: World) -> None:
    bill = new_bill()
    world.pay(bill)
    assert world.bank.deliver_due() == 1
    assert again(bill).state is BillState.PAID
    assert world.callbacks() == ["told"]


def test_callbacks_sent_three_times_count_once(world: World) -> None:
    bill = new_bill()
    world.pay(bill, duplicate=2)
    assert world.bank.deliver_due() == 3
    assert again(bill).received == TOTAL
    assert world.callbacks() == ["told"] * 3


def test_a_short_payment_leaves_a_code_for_the_rest_that_the_bank_can_read(world: World) -> None:
    bill = new_bill()
    world.pay(bill, short=3_000)
    world.bank.deliver_due()
    assert again(bill).missing == 3_000
    world.pay(again(bill))
    world.bank.deliver_due()
    assert again(bill).state is BillState.PAID


def test_a_wrongly_signed_callback_is_refused_and_the_statement_settles_it(world: World) -> None:
    bill = new_bill()
    world.pay(bill, wrong_signature=True)
    world.bank.deliver_due()
    assert (world.callbacks(), again(bill).state) == (["refused"], BillState.ISSUED)
    text = world.bank.statement(account=bill.account.number, since=AT, until=later(hours=1))
    report = import_statement(actor=SYSTEM, at=AT, bank=BANK, content=text.encode())
    assert report.count("matched") == 1
    assert again(bill).state is BillState.PAID


def test_a_dropped_callback_is_settled_by_the_statement_once(world: World) -> None:
    bill = new_bill()
    world.pay(bill, drop=True)
    assert world.bank.deliver_due() == 0
    text = world.bank.statement(account=bill.account.number, since=AT, until=later(hours=1)).encode()
    for _ in range(2):
        import_statement(actor=SYSTEM, at=AT, bank=BANK, content=text)
    assert again(bill).received == TOTAL


def test_a_callback_is_tried_again_until_the_wire_is_mended(world: World) -> None:
    bill = new_bill()
    world.cut = True
    world.pay(bill, delay=5)
    assert world.bank.deliver_due() == 0
    world.now += timedelta(seconds=5)
    assert world.bank.deliver_due() == 1
    assert world.bank.deliver_due() == 0
    world.cut = False
    world.now += timedelta(seconds=1)
    assert world.bank.deliver_due() == 1
    assert (world.callbacks(), again(bill).state) == (["told"], BillState.PAID)


def test_a_bank_that_is_never_heard_gives_up_in_the_end(world: World) -> None:
    world.cut = True
    world.pay(new_bill())
    for _ in range(20):
        world.bank.deliver_due()
        world.now += timedelta(minutes=2)
    assert world.callbacks() == ["given_up"]


@pytest.fixture
def app(world: World) -> TestClient:
    # Not entered as a context: the delivering thread would have a database connection of its own.
    return TestClient(Service(world.bank).app(), base_url="http://bank.test")


def picture(payload: str, kind: str) -> bytes:
    out = BytesIO()
    with Image.open(BytesIO(as_png(payload, scale=5))) as image:
        image.convert("RGB").save(out, kind, quality=60)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_banking_app_reads_our_picture_and_shows_exactly_its_fields(app: TestClient, kind: str) -> None:
    bill = new_bill()
    page = app.post("/scan", files={"picture": ("qr", picture(bill.payload, kind))}).text
    for shown in ("10.000 ₫", bill.reference, bill.account.number, "970416", "Môi trường thử"):
        assert shown in page


def test_confirming_in_the_banking_app_books_and_tells(app: TestClient, world: World) -> None:
    bill = new_bill()
    assert bill.payload in app.post("/scan", data={"payload": bill.payload}).text
    assert "Đã chuyển tiền" in app.post("/confirm", data={"payload": bill.payload, "payer": "A"}).text
    world.bank.deliver_due()
    assert again(bill).state is BillState.PAID
    assert bill.reference in app.get("/").text


def test_a_code_without_an_amount_asks_the_payer_for_one(app: TestClient, world: World) -> None:
    payload = build(Transfer("970416", "257678859"))
    assert 'name="amount"' in app.post("/scan", data={"payload": payload}).text
    assert app.post("/confirm", data={"payload": payload}).status_code == 422
    assert world.callbacks() == []
    assert "25.000 ₫" in app.post("/confirm", data={"payload": payload, "amount": "25.000"}).text


@pytest.mark.parametrize("payload", ["", "hello", "<script>alert(1)</script>", "000201" + "9" * 40])
def test_a_code_that_cannot_be_read_is_answered_with_a_sentence(app: TestClient, payload: str) -> None:
    answer = app.post("/scan", data={"payload": payload})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize("content", [b"no picture", b"\x89PNG\r\n\x1a\n broken"])
def test_a_broken_photo_is_answered_with_a_sentence(app: TestClient, content: bytes) -> None:
    assert "Hãy chụp rõ" in app.post("/scan", files={"picture": ("x.png", content)}).text


def test_programs_pay_and_read_the_statement(app: TestClient) -> None:
    bill = new_bill()
    booked = app.post("/pay", json={"payload": bill.payload, "payer": "A"}).json()
    assert (booked["amount"], booked["purpose"]) == (TOTAL, bill.reference)
    day = AT.date().isoformat()
    text = app.get("/statement.csv", params={"account": bill.account.number, "from": day, "to": day}).text
    assert booked["transaction_id"] in text
    assert app.post("/pay", json={"payload": "x"}).status_code == 422
    assert app.post("/pay", json=[1]).status_code == 400
    assert app.get("/statement.csv").status_code == 400


def test_programs_tell_the_bank_how_to_misbehave(app: TestClient, world: World) -> None:
    assert app.post("/behaviour", json={"duplicate": 1, "times": 2}).json()["duplicate"] == 1
    assert world.bank.behaviour == Behaviour(times=2, duplicate=1)
    assert app.post("/behaviour", json={"explode": 1}).status_code == 422
    app.post("/behaviour", data={"times": "0", "refund": "refuse"})
    assert world.bank.behaviour.refund == "refuse"
    assert "selected" in app.get("/behaviour").text


@pytest.fixture
def wired(app: TestClient, monkeypatch: pytest.MonkeyPatch) -> ours.HttpBank:
    def post(url: str, *, content: bytes, headers: dict[str, str], timeout: float) -> httpx.Response:
        return app.post(url.removeprefix("http://bank.test"), content=content, headers=headers)

    monkeypatch.setattr(ours.httpx, "post", post)
    return ours.HttpBank(url="http://bank.test", id=BANK, secret=SECRET)


def overpaid(world: World) -> ours.RefundRequest:
    bill = new_bill()
    world.pay(bill, short=-2_500)
    world.bank.deliver_due()
    (refund,) = queries.open_refunds(actor=SYSTEM)
    request_refund(actor=officer("leader"), at=AT, refund_id=refund.id)
    credit = BankTransaction.objects.get(bill_id=bill.id)
    return ours.RefundRequest(refund.id, credit.bank_transaction_id, refund.amount, bill.reference)


def test_the_bank_sends_a_refund_back_once_however_often_asked(world: World, wired: ours.HttpBank) -> None:
    request = overpaid(world)
    first = wired.refund(request, at=AT)
    assert first.startswith("RF")
    assert wired.refund(request, at=AT) == first
    text = world.bank.statement(account="257678859", since=AT, until=later(hours=1))
    assert text.count("-2500") == 1
    lines = import_statement(actor=SYSTEM, at=AT, bank=BANK, content=text.encode())
    assert {line.result for line in lines.lines} == {"duplicate", "not_a_credit"}


def test_the_bank_refuses_refunds_for_the_reasons_it_has(world: World, wired: ours.HttpBank) -> None:
    request = overpaid(world)
    with pytest.raises(ours.BankRefused, match="Không có giao dịch"):
        wired.refund(ours.RefundRequest(request.refund_id, "FT0", 1, "TS"), at=AT)
    with pytest.raises(ours.BankRefused, match="lớn hơn"):
        wired.refund(ours.RefundRequest(request.refund_id, request.bank_transaction_id, 10**9, "TS"), at=AT)
    world.bank.behaviour = Behaviour(refund="refuse")
    with pytest.raises(ours.BankRefused, match="đã đóng"):
        wired.refund(request, at=AT)


def test_an_answer_that_says_neither_yes_nor_no_is_asked_again(
    world: World, wired: ours.HttpBank, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = overpaid(world)
    world.bank.behaviour = Behaviour(refund="fail")
    with pytest.raises(ours.BankUnreachable, match="503"):
        wired.refund(request, at=AT)
    with pytest.raises(ours.BankUnreachable, match="401"):
        ours.HttpBank(url="http://bank.test", id=BANK, secret=b"other").refund(request, at=AT)
    for broken in (
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={}),
    ):
        monkeypatch.setattr(ours.httpx, "post", lambda *_, broken=broken, **__: broken)
        with pytest.raises(ours.BankUnreachable):
            wired.refund(request, at=AT)


def test_the_banks_own_reader_refuses_what_was_changed() -> None:
    payload = new_bill().payload
    with pytest.raises(Unreadable):
        read(payload.replace("540510000", "540590000"))
