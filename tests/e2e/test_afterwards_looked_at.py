"""The acts beside the straight way, looked at: accessible, not sideways, on a phone and on a screen."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BINH_LIEU, Province
from tests.e2e.conftest import Readers
from tests.e2e.desk_cast import seat
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers.actions.ask_opinion import ask_opinion
from tinhso.dossiers.actions.notes import write_note
from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["trust"]
PICTURES = os.environ.get("TINHSO_PICTURES", "")


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@dataclass(frozen=True)
class Set:
    """A dossier that is worked on, with a question and a note; and one that is signed."""

    examiner: Actor
    chair: Actor
    going_on: UUID
    done: UUID


def prepared(province: Province) -> Set:
    examiner, counter, chair = (
        province.officer(role) for role in ("civil_status_officer", "one_stop", "chairperson")
    )
    going_on = desk.accepted(province, province.citizen())
    ask_opinion(
        actor=examiner,
        at=province.at,
        dossier_id=going_on,
        question="Thửa đất này có nằm trong hành lang đê không?",
        to_account_id=counter.account_id,
    )
    write_note(actor=examiner, at=province.at, dossier_id=going_on, text="Đã gọi điện, hẹn thứ Năm.")
    done = desk.to_sign(province, province.citizen())
    sign_result(actor=chair, at=province.at, dossier_id=done, found=desk.found(done))
    connection.close()
    return Set(examiner, chair, going_on, done)


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "screen"])
def test_the_further_acts_are_fit_to_look_at(province: Province, readers: Readers, phone: bool) -> None:
    # Signing runs a loop of its own, and the browser's is in this thread.
    with ThreadPoolExecutor(1) as aside:
        found = aside.submit(prepared, province).result()

    for officer, dossier_id, acts in (
        (found.examiner, found.going_on, ("", "hoi-y-kien", "ghi-chu", "yeu-cau-nop-tien")),
        (found.chair, found.done, ("", "dinh-chinh", "cap-lai", "thu-hoi")),
    ):
        reader = seat(readers, officer, phone=phone)
        for act in acts:
            page = reader.go(desk.url_of(dossier_id, act))
            reader.check()
            if PICTURES:
                name = f"{act or 'ho-so'}-{officer.posts[0].role}-{'360' if phone else '1280'}.png"
                page.screenshot(path=Path(PICTURES) / name, full_page=True)
    page = reader.go("/ban-lam-viec/so-theo-doi/")
    reader.check()
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"so-{'360' if phone else '1280'}.png", full_page=True)


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "screen"])
def test_a_filing_of_several_procedures_is_fit_to_look_at(
    province: Province, readers: Readers, phone: bool
) -> None:
    reader = seat(readers, province.citizen(), phone=phone)
    page = reader.go("/lien-thong/birth_residence/nop/")
    reader.check()
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"lt-start-{'360' if phone else '1280'}.png", full_page=True)
    page.locator("#commune").select_option(BINH_LIEU)
    page.get_by_role("button", name="Bắt đầu khai").click()
    page.get_by_text("Nộp tự động khi có kết quả").first.wait_for()
    reader.check()
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"lt-{'360' if phone else '1280'}.png", full_page=True)
