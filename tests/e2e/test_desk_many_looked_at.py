"""The desk as a place to work eight hours, looked at and worked by keyboard, on a phone and on a screen."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, Province
from tests.e2e.conftest import Readers
from tests.e2e.desk_cast import seat
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers.actions.ask_batch import ask_batch
from tinhso.dossiers.actions.claim import claim_step
from tinhso.dossiers.actions.desk_settings import save_filter
from tinhso.dossiers.actions.reason_templates import write_reason_template
from tinhso.dossiers.actions.work_batch import work_next
from tinhso.dossiers.models import Batch, Dossier
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["trust"]
PICTURES = os.environ.get("TINHSO_PICTURES", "")
HOME = "/ban-lam-viec/"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@dataclass(frozen=True)
class Set:
    """Officers at work, what waits for the examiner, and a batch of theirs that goes on."""

    examiner: Actor
    chair: Actor
    watcher: Actor
    ids: tuple[UUID, ...]
    batch_id: UUID


def prepared(province: Province) -> Set:
    examiner, chair = province.officer("civil_status_officer"), province.officer("chairperson")
    first, at = desk.accepted(province, province.citizen()), province.at
    ids = [first, *desk.like(first, 9)]
    for number, pk in enumerate(ids):
        Dossier.objects.filter(pk=pk).update(due_at=at + timedelta(hours=20 * number - 30))
    _with_another_paper(province, first)
    batch_id = ask_batch(actor=examiner, at=at, kind=Batch.Kind.CLAIM, dossier_ids=ids[4:])
    claim_step(actor=desk.second(province, examiner), at=at, dossier_id=ids[5])
    for _turn in range(3):
        work_next(at=at, batch_id=batch_id)
    save_filter(actor=examiner, at=at, name="Khai sinh", query=f"muc=cua-toi&thu-tuc={BIRTH}")
    agency_id = examiner.posts[0].agency_id
    write_reason_template(
        actor=examiner, at=at, agency_id=agency_id, act="", text="Ảnh chụp mờ, đề nghị chụp lại rõ cả trang."
    )
    watcher = province.officer("supervisor", "province_committee")
    # The first page of a process reads the whole catalogue; nobody is kept waiting for that here.
    client = Client()
    desk.enter(client, examiner)
    assert client.get(HOME).status_code == 200
    connection.close()
    return Set(examiner, chair, watcher, tuple(ids), batch_id)


def _with_another_paper(province: Province, dossier_id: UUID) -> None:
    """Put a second paper into the dossier; whose it is does not matter to the page."""
    other = desk.accepted(province, province.citizen("000195000102", full_name="La Thị Nga"))
    mine, theirs = (Dossier.objects.get(pk=pk) for pk in (dossier_id, other))
    part = next(iter(mine.papers))
    mine.papers[part] = [*mine.papers[part], *theirs.papers[part]]
    mine.save(update_fields=["papers"])


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "screen"])
def test_the_pages_of_the_day_are_fit_to_look_at(province: Province, readers: Readers, phone: bool) -> None:
    with ThreadPoolExecutor(1) as aside:
        found = aside.submit(prepared, province).result()
    size = "360" if phone else "1280"
    examiner = seat(readers, found.examiner, phone=phone)
    case = f"{desk.url_of(found.ids[0])}?ve=muc%3Dcua-toi"
    whole = "?viec=ban-giao&ca-danh-sach=1&ve=muc%3Dcua-toi"
    for name, path in (
        ("hop-viec", HOME),
        ("ho-so", case),
        ("ban-giao", f"{HOME}viec-loat/moi/{whole}"),
        ("tra-buoc", f"{HOME}viec-loat/moi/{whole.replace('ban-giao', 'tra-buoc')}"),
        ("dang-chay", f"{HOME}viec-loat/{found.batch_id}/"),
        ("cac-lan", f"{HOME}viec-loat/"),
        ("bo-loc", f"{HOME}bo-loc/?ve=thu-tuc%3D{BIRTH}"),
        ("cot", f"{HOME}cot/"),
        ("cau-mau", f"{HOME}cau-mau/"),
        ("hop-viec-en", f"{HOME}?lang=en"),
        ("ho-so-en", f"{case}&lang=en"),
        ("dang-chay-en", f"{HOME}viec-loat/{found.batch_id}/?lang=en"),
        ("vi", f"{HOME}?lang=vi"),
    ):
        page = examiner.go(path)
        if name.startswith("hop-viec"):
            for box in page.locator("[name=chon]").all()[:2]:
                box.check()
        examiner.check()
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{size}.png", full_page=phone)
    for name, officer, path in (
        ("khoi-luong", found.chair, f"{HOME}khoi-luong/"),
        ("giam-sat", found.watcher, desk.url_of(found.ids[0])),
    ):
        reader = seat(readers, officer, phone=phone)
        page = reader.go(path)
        reader.check()
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{size}.png", full_page=phone)


def test_the_desk_is_worked_by_keyboard(province: Province, readers: Readers) -> None:
    with ThreadPoolExecutor(1) as aside:
        found = aside.submit(prepared, province).result()
    examiner = seat(readers, found.examiner)
    page = examiner.go(HOME)
    assert not page.locator("#batch").is_visible()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[name=chon]:checked").count() == 2
    expect(page.locator("[data-count]")).to_contain_text("2")
    page.keyboard.press("x")
    assert page.locator("[name=chon]:checked").count() == 1
    assert page.locator("#batch").is_visible()

    page = examiner.go(f"{desk.url_of(found.ids[0])}?ve=muc%3Dcua-toi")
    assert "1 trên" in page.locator(".desk-walk__nav").inner_text()
    image = page.locator("[data-viewer] img")
    page.keyboard.press("r")
    assert "rotate(90deg)" in str(image.evaluate("image => image.style.transform"))
    page.keyboard.press("+")
    assert image.evaluate("image => image.style.width") == "150%"
    first = image.get_attribute("src")
    with page.expect_response(lambda answer: "giay=" in answer.url):
        page.keyboard.press("n")
    page.wait_for_function(
        "src => document.querySelector('[data-viewer] img').getAttribute('src') !== src", arg=first
    )
    page.keyboard.press("j")
    page.wait_for_url(f"**{desk.url_of(found.ids[1])}**")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**{desk.url_of(found.ids[0])}**")
    assert examiner.troubles == []
