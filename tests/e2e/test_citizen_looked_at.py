"""Threads, what comes up, who looked and surveys are fit to look at, on a phone and on a screen."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from playwright.sync_api import Page

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import BINH_LIEU, SYSTEM, Province
from tests.e2e.conftest import Readers
from tests.e2e.desk_cast import seat
from tests.fixtures_trust import Trust, trust
from tests.papers_samples import photo
from tinhso.dossiers.actions.write_message import Enclosed, write_message
from tinhso.dossiers.models import Dossier
from tinhso.kernel.clock import local
from tinhso.outreach.actions.propose import propose_what_is_due
from tinhso.papers.models import IssuedDocument
from tinhso.people.actions import note_access
from tinhso.people.models import Agency, Person
from tinhso.people.types import AccessPurpose, Actor
from tinhso.surveys.actions.answer import answer_survey, new_visit

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["trust"]
# The first page of a fresh server compiles every template.
PATIENCE = 60_000
PICTURES = os.environ.get("TINHSO_PICTURES", "")
LONG = "Kính gửi cơ quan, " + "tôi xin hỏi về giấy chứng sinh của cháu, " * 6 + "https://vi-du.vn/" + "a" * 90


@dataclass(frozen=True)
class Set:
    """
    A citizen with a thread, a matter that comes up, one refused, a log; an agency with answers.

    :param asked: a dossier that waits for a supplement
    """

    citizen: Actor
    examiner: Actor
    watcher: Actor
    talked: UUID
    asked: UUID
    code: str


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def prepared(province: Province) -> Set:
    citizen, examiner = province.citizen(), province.officer("civil_status_officer")
    watcher = province.officer("supervisor", "province_committee")
    talked, asked = mine.accepted(province, citizen), mine.supplement_asked(province, citizen)
    _talk(province, citizen, examiner, talked)
    done = Dossier.objects.get(pk=mine.returned(province, citizen))
    _coming(province, citizen, done)
    code = Agency.objects.get(kind="commune_committee", unit_code=BINH_LIEU).code
    _surveyed(province, code)
    connection.close()
    return Set(citizen, examiner, watcher, talked, asked, code)


def _talk(province: Province, citizen: Actor, examiner: Actor, case: UUID) -> None:
    picture = Enclosed(
        "anh-giay-chung-sinh-chup-lai-ngay-21-thang-11.jpg", BytesIO(photo(width=640, height=480))
    )
    for actor, text, files in (
        (citizen, LONG, [picture]),
        (examiner, "Ảnh đã rõ.\n\nHồ sơ của ông/bà được chuyển sang bước ký.", []),
        (citizen, "Cảm ơn.", []),
    ):
        write_message(actor=actor, at=province.at, dossier_id=case, text=text, files=files)


def _coming(province: Province, citizen: Actor, done: Dossier) -> None:
    today = local(province.at).date()
    due = today + timedelta(days=10)
    Person.objects.filter(pk=citizen.person_id).update(
        born_on=due.replace(year=due.year - 75, day=min(due.day, 28)), residence_commune=BINH_LIEU
    )
    IssuedDocument.objects.filter(pk=done.result.document_id).update(valid_until=today + timedelta(days=5))
    propose_what_is_due(actor=SYSTEM, at=province.at)
    assert citizen.person_id is not None
    for number in range(24):
        note_access(
            actor=province.officer("one_stop"),
            at=province.later(minutes=-number),
            person_id=citizen.person_id,
            purpose=AccessPurpose.DOSSIER,
            reason=done.code,
        )


def _surveyed(province: Province, code: str) -> None:
    for number in range(7):
        answer_survey(
            actor=SYSTEM,
            at=province.at,
            agency_code=code,
            visit=new_visit(at=province.at),
            answers={"attitude": 5 - number % 3, "time": 4, "guidance": 1 + number % 5},
            comment="Cán bộ hướng dẫn rõ, chỉ phải chờ hơi lâu." if number % 2 else "",
            counter="3",
        )


def look(page: Page, name: str, *, phone: bool) -> None:
    if PICTURES:
        size = "360" if phone else "1280"
        page.screenshot(path=Path(PICTURES) / f"{name}-{size}.png", full_page=True)


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "screen"])
def test_the_citizens_new_pages_are_fit_to_look_at(province: Province, readers: Readers, phone: bool) -> None:
    # Signing runs a loop of its own, and the browser's is in this thread.
    with ThreadPoolExecutor(1) as aside:
        found = aside.submit(prepared, province).result()

    reader = seat(readers, found.citizen, phone=phone)
    reader.page.set_default_timeout(PATIENCE)
    for name, address in (
        ("dossier", f"/ho-so/{found.talked}/"),
        ("dossiers", "/ho-so/"),
        ("thread", f"/ho-so/{found.talked}/trao-doi/"),
        ("thread-none", f"/ho-so/{found.asked}/trao-doi/"),
        ("supplement", f"/ho-so/{found.asked}/bo-sung/"),
        ("coming", "/viec-sap-den/"),
        ("looks", "/tai-khoan/ai-da-xem/"),
        ("looks-none", "/tai-khoan/ai-da-xem/?viec=support"),
        ("survey", f"/khao-sat/{found.code}/?quay=3"),
        ("survey-kiosk", f"/khao-sat/{found.code}/?quay=3&ki-ot=1"),
        ("survey-thanks", f"/khao-sat/{found.code}/cam-on/?ki-ot=1"),
        ("survey-results", f"/khao-sat/{found.code}/ket-qua/"),
        ("survey-poster", f"/khao-sat/{found.code}/to-treo/?quay=3"),
    ):
        page = reader.go(address)
        reader.check()
        look(page, name, phone=phone)

    page = reader.go(f"/ho-so/{found.talked}/trao-doi/")
    page.get_by_role("button", name="Gửi tin nhắn").click()
    page.get_by_text("Hãy viết tin nhắn, hoặc chọn tệp để gửi.").first.wait_for()
    reader.assert_accessible()
    reader.assert_not_sideways()
    look(page, "thread-wrong", phone=phone)

    for officer, name in ((found.examiner, "desk-thread"), (found.watcher, "desk-thread-watching")):
        reader = seat(readers, officer, phone=phone)
        reader.page.set_default_timeout(PATIENCE)
        page = reader.go(desk.url_of(found.talked, "trao-doi"))
        reader.check()
        look(page, name, phone=phone)
    reader = seat(readers, found.examiner, phone=phone)
    reader.page.set_default_timeout(PATIENCE)
    for name, address in (
        ("desk-survey", "/ban-lam-viec/khao-sat/"),
        ("desk-dossier", desk.url_of(found.talked)),
    ):
        page = reader.go(address)
        reader.check()
        look(page, name, phone=phone)


@pytest.mark.parametrize("phone", [True], ids=["phone"])
def test_what_was_typed_outlives_the_tab_that_lost_its_sign_in(
    province: Province, readers: Readers, phone: bool
) -> None:
    with ThreadPoolExecutor(1) as aside:
        found = aside.submit(_talking, province).result()
    reader = seat(readers, found[0], phone=phone)
    reader.page.set_default_timeout(PATIENCE)
    page = reader.go(f"/ho-so/{found[1]}/trao-doi/")
    page.locator("#noi-dung").fill("Tôi đang viết dở")
    page.reload()
    assert page.locator("#noi-dung").input_value() == "Tôi đang viết dở"
    page.get_by_role("button", name="Gửi tin nhắn").click()
    page.get_by_text("Bạn được báo khi cơ quan trả lời").first.wait_for()
    assert page.locator("#noi-dung").input_value() == ""


def _talking(province: Province) -> tuple[Actor, UUID]:
    citizen = province.citizen()
    case = mine.accepted(province, citizen)
    connection.close()
    return citizen, case
