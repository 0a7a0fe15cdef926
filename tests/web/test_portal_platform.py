"""Paying at the national portal's platform: from our page there and back, and the platform's own lookup."""

import hashlib
import hmac
import json
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as configured
from django.test import Client
from sandbox.payment_platform.platform import Behaviour

from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.platform_kit import World, platform_world
from tests.web.client import Browser
from tinhso.dossiers.models import Dossier
from tinhso.payments import queries as payments
from tinhso.payments.models import PlatformPayment
from tinhso.payments.states import BillState
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["platform_world", "trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


@pytest.fixture
def owing(province: Province, citizen: Actor) -> UUID:
    return mine.unpaid(province, citizen)


@pytest.fixture
def world(platform_world: World, province: Province) -> World:
    platform_world.now = province.at
    return platform_world


def address(dossier_id: UUID) -> str:
    return f"/ho-so/{dossier_id}/thanh-toan/"


def state_of(dossier_id: UUID) -> BillState:
    return payments.bills_of_subject(actor=kit.SYSTEM, subject_id=dossier_id)[-1].state


def look_up(code: str, *, key: bytes | None = None) -> Any:
    text = f"{configured.TINHSO.platform_client_id}|{code}"
    mac = hmac.new(key or configured.PLATFORM_KEYS[1], text.encode(), hashlib.sha256).hexdigest()
    body = json.dumps({"MaHoSo": code, "check_sum": mac})
    client = Client(enforce_csrf_checks=True)
    return client.post("/api/callbacks/platform/lookup", body, content_type="application/json")


def test_the_choice_stands_beside_the_code_and_says_that_it_is_a_trial(
    browser: Browser, citizen: Actor, owing: UUID, world: World
) -> None:
    html = mine.enter(browser, citizen).get(address(owing)).content.decode()
    assert "Thanh toán qua Cổng DVCQG" in html
    assert "Cổng thanh toán ở đây là giả lập" in html


def test_the_choice_leads_to_the_platform_and_back_to_a_paid_bill(
    browser: Browser, citizen: Actor, owing: UUID, world: World
) -> None:
    mine.enter(browser, citizen)
    away = browser.post(address(owing) + "qua-cong/")
    assert away.status_code == 302
    assert away["Location"].startswith(configured.TINHSO.platform_url)
    row = world.platform.payment(away["Location"].rsplit("/", 1)[1])
    told = json.loads(row["body"])
    assert told["bill_info"]["MaHoSo"] == Dossier.objects.get(pk=owing).code
    back = "/" + told["return_url"].split("/", 3)[3]
    assert "Đang chờ Cổng báo đã nộp" in browser.get(back).content.decode()
    world.platform.pay(row["transaction_id"])
    world.platform.deliver_due()
    assert state_of(owing) is BillState.PAID
    page = browser.get(back).content.decode()
    assert "Đã nhận đủ tiền" in page
    assert "Thanh toán qua Cổng DVCQG" not in page


def test_a_silent_platform_is_said_with_what_to_do_and_the_code_still_stands_there(
    browser: Browser, citizen: Actor, owing: UUID, world: World
) -> None:
    world.platform.behaviour = Behaviour(away=True)
    answer = mine.enter(browser, citizen).post(address(owing) + "qua-cong/")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "chưa có khoản nào bị trừ" in html
    assert "qr-payload" in html


def test_nobody_else_begins_to_pay_it(
    browser: Browser, province: Province, owing: UUID, world: World
) -> None:
    mine.enter(browser, mine.stranger(province))
    assert browser.post(address(owing) + "qua-cong/").status_code == 404
    assert not PlatformPayment.objects.exists()


def test_where_the_platform_is_not_connected_nobody_is_offered_it(
    browser: Browser, citizen: Actor, owing: UUID, world: World, settings: Any
) -> None:
    settings.TINHSO = settings.TINHSO.model_copy(update={"platform_url": ""})
    html = mine.enter(browser, citizen).get(address(owing)).content.decode()
    assert "Cổng DVCQG" not in html
    assert browser.post(address(owing) + "qua-cong/").status_code == 409
    assert not PlatformPayment.objects.exists()


def test_the_platform_looks_a_dossier_up_and_what_is_paid_there_is_booked(owing: UUID, world: World) -> None:
    number = world.platform.look_up(Dossier.objects.get(pk=owing).code)
    assert number is not None
    assert number.startswith(Dossier.objects.get(pk=owing).code)
    world.platform.pay(number)
    world.platform.deliver_due()
    assert state_of(owing) is BillState.PAID
    assert world.platform.look_up(Dossier.objects.get(pk=owing).code) is None


def test_a_lookup_with_a_guessed_key_learns_nothing(owing: UUID, world: World) -> None:
    answer = look_up(Dossier.objects.get(pk=owing).code, key=b"guess")
    assert (answer.status_code, answer.json()["error_code"]) == (401, -1)
    assert not PlatformPayment.objects.exists()


def test_a_dossier_nobody_filed_owes_nothing(world: World, province: Province) -> None:
    answer = look_up("H49.99-000000-0000")
    assert (answer.status_code, answer.json()["error_code"]) == (200, 0)
