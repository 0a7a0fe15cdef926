"""History, comparison, posters and publicity of procedures, as pages."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import transaction

from tests import portal_kit as kit
from tests.portal_kit import BIRTH, COPY
from tests.web.client import Browser
from tinhso.definitions import catalogue
from tinhso.definitions.events import ProcedurePublished, ProcedureWithdrawn
from tinhso.definitions.models import CurrentProcedure, ProcedureVersion
from tinhso.definitions.types import Procedure
from tinhso.kernel import ledger
from tinhso.kernel.actors import ActorRef

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 12, 2, 0, tzinfo=UTC)


class Catalogue:
    ref = ActorRef(kind="system", id="catalogue")


@pytest.fixture(autouse=True)
def province() -> None:
    kit.found()


def text_of(browser: Browser, path: str, **query: str) -> str:
    return browser.get(path, query).content.decode()


@transaction.atomic
def dearer(code: str) -> tuple[UUID, UUID]:
    """Publish the procedure anew: certified copies cost 3,000 đồng a page and one paper went."""
    row = CurrentProcedure.objects.select_related("version").get(code=code)
    said = json.loads(row.version.definition)
    said["fees"][0]["amount"] = "3000"
    said["papers"] = said["papers"][:1]
    said["steps"][0]["hours"] = 2
    version = ProcedureVersion.objects.create(
        code=code,
        content_hash="f" * 64,
        source=row.version.source,
        definition=Procedure.model_validate(said).model_dump_json(by_alias=True),
        templates=row.version.templates,
        published_at=AT,
    )
    old, row.version, row.since = row.version_id, version, AT
    row.save()
    event = ProcedurePublished(version_id=version.pk, code=code, content_hash=version.content_hash)
    ledger.record(actor=Catalogue(), at=AT, event=event)
    return old, version.pk


@transaction.atomic
def withdrawn(code: str) -> None:
    row = CurrentProcedure.objects.get(code=code)
    row.delete()
    ledger.record(actor=Catalogue(), at=AT, event=ProcedureWithdrawn(version_id=row.version_id, code=code))


def test_a_procedure_with_one_version_says_that_there_is_nothing_to_compare(browser: Browser) -> None:
    html = text_of(browser, f"/thu-tuc/{BIRTH}/lich-su/")
    assert "Công khai phiên bản 1, đang áp dụng" in html
    assert "chưa có gì để so sánh" in html


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_comparison_says_what_changed_from_what_to_what(browser: Browser, language: str) -> None:
    old, new = dearer(COPY)
    html = text_of(browser.read_in(language), f"/thu-tuc/{COPY}/so-sanh/", tu=str(old), den=str(new))
    assert "3.000 ₫" in html
    assert ("Bỏ: Chứng nhận hợp pháp hóa lãnh sự" in html) is (language == "vi")
    assert ("1 giờ" in html and "2 giờ" in html) is (language == "vi")


def test_history_leads_to_the_comparison_with_the_version_before(browser: Browser) -> None:
    old, new = dearer(COPY)
    html = text_of(browser, f"/thu-tuc/{COPY}/lich-su/")
    assert f"/thu-tuc/{COPY}/so-sanh/?tu={old}&amp;den={new}" in html
    assert "Công khai phiên bản 2, đang áp dụng" in html
    assert "09:00 12/03/2026" in html
    assert "3.000 ₫" in text_of(browser, f"/thu-tuc/{COPY}/so-sanh/")


def test_a_version_compared_with_itself_says_the_same(browser: Browser) -> None:
    old, _new = dearer(COPY)
    assert "Hai phiên bản nói như nhau" in text_of(
        browser, f"/thu-tuc/{COPY}/so-sanh/", tu=str(old), den=str(old)
    )


@pytest.mark.parametrize("version", ["khong-phai", "019d2bf7-7704-7449-9e95-fe7ebb959aa2"])
def test_a_version_that_is_none_of_the_procedure_is_not_found(browser: Browser, version: str) -> None:
    answer = browser.get(f"/thu-tuc/{COPY}/so-sanh/", {"tu": version})
    assert answer.status_code == 404
    assert "Hãy chọn lại trong lịch sử" in answer.content.decode()


@pytest.mark.parametrize("page", ["lich-su", "so-sanh", "niem-yet"])
def test_a_code_nobody_published_has_no_such_pages(browser: Browser, page: str) -> None:
    assert browser.get(f"/thu-tuc/9.999999/{page}/").status_code == 404


def test_a_procedure_that_was_withdrawn_says_since_when_and_leads_on(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    withdrawn(COPY)
    monkeypatch.setattr(catalogue, "refresh", lambda: None)
    html = text_of(browser, f"/thu-tuc/{COPY}/")
    assert "Thủ tục này đã ngừng nhận hồ sơ tại đây" in html
    assert "Từ 09:00 12/03/2026" in html
    assert f"/thu-tuc/{COPY}/lich-su/" in html
    assert f"/thu-tuc/{COPY}/nop/" not in html
    assert "Ngừng nhận hồ sơ" in text_of(browser, f"/thu-tuc/{COPY}/lich-su/")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_poster_has_all_parts_and_a_code_to_scan(browser: Browser, language: str) -> None:
    html = text_of(browser.read_in(language), f"/thu-tuc/{BIRTH}/niem-yet/")
    assert html.count("<h2>") == 11
    assert 'role="img"' in html
    assert f"http://testserver/thu-tuc/{BIRTH}/" in html
    assert "data-print" in html


def test_a_procedure_says_how_it_is_published(browser: Browser) -> None:
    html = text_of(browser, f"/thu-tuc/{BIRTH}/")
    for said in (
        "Quyết định công bố",
        "163/QĐ-BTP",
        "Công khai tại đây",
        "chưa tính được đúng hạn",
        "Đủ các phần luật đòi hỏi",
    ):
        assert said in html, said


def test_the_publicity_of_all_is_measured_and_open_to_everybody(browser: Browser) -> None:
    html = text_of(browser, "/thu-tuc/cong-khai/")
    count = CurrentProcedure.objects.count()
    assert f"/{count}" in html
    assert "Còn thiếu gì" in html


def test_open_data_is_named_with_its_addresses(browser: Browser) -> None:
    html = text_of(browser, "/thu-tuc/du-lieu-mo/")
    assert "/api/v1/catalogue/entries.csv" in html
    assert "/api/v1/openapi.json" in html
