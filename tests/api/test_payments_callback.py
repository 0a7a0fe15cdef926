"""``POST /api/callbacks/bank`` translates, and nothing more."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.payments_kit import AT, SYSTEM, everything, new_bill, report, signed
from tinhso.api.callbacks import bank as view
from tinhso.payments import queries
from tinhso.payments.signing import SignedMessage
from tinhso.payments.states import BillState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view.clock, "now", lambda: AT)


def post(message: SignedMessage, client: Client | None = None) -> Any:
    return (client or Client(enforce_csrf_checks=True)).post(
        "/api/callbacks/bank", message.body, content_type="application/json", headers=message.headers()
    )


def test_a_signed_report_is_booked_and_answered() -> None:
    bill = new_bill()
    body = report(bill)
    answer = post(signed(body))
    assert (answer.status_code, answer.json()) == (
        200,
        {"outcome": "paid", "is_new": True, "reference": bill.reference, "missing": 0},
    )
    assert post(signed(body)).json()["is_new"] is False
    assert queries.access_bill(actor=SYSTEM, bill_id=bill.id).state is BillState.PAID


def test_a_forged_report_gets_401_and_changes_nothing() -> None:
    bill = new_bill()
    before = everything()
    answer = post(signed(report(bill), secret=b"guess"))
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "HMAC-SHA256"
    assert answer.json()["type"] == "/problems/bank-message-forged"
    assert everything() == before


def test_a_report_without_any_header_gets_401() -> None:
    assert Client().post("/api/callbacks/bank", b"{}", content_type="application/json").status_code == 401


def test_the_same_message_again_gets_401() -> None:
    message = signed(report(new_bill()))
    assert [post(message).status_code, post(message).status_code] == [200, 401]


def test_a_signed_report_that_makes_no_sense_gets_400() -> None:
    answer = post(signed({"amount": 5}))
    assert (answer.status_code, "transaction_id" in answer.json()["title"]) == (400, True)


def test_a_contradiction_gets_409() -> None:
    body = report(new_bill())
    post(signed(body))
    assert post(signed(body | {"amount": 1})).status_code == 409


def test_fifty_megabytes_are_refused_before_they_are_read() -> None:
    class Unread:
        def read(self, *_: int) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    answer = Client().generic(
        "POST",
        "/api/callbacks/bank",
        b"",
        content_type="application/json",
        CONTENT_LENGTH="50000000",
        **{"wsgi.input": Unread()},
    )
    assert answer.status_code == 413
    assert everything() == [[]] * len(everything())


def test_reading_the_address_is_not_allowed() -> None:
    assert Client().get("/api/callbacks/bank").status_code == 405


def test_what_the_view_hands_on_is_the_moment_of_the_clock() -> None:
    stale = signed(report(new_bill()), at=datetime.fromisoformat("2026-11-22T00:00:00+00:00"))
    assert json.loads(post(stale).content)["type"] == "/problems/bank-message-stale"
