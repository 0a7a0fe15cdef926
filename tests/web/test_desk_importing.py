"""A sheet of filings, from the counter's pages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests import importing_kit as sheets
from tests.dossiers_kit import ALLOWANCE, BINH_LIEU, Province
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.dossiers.importing import running
from tinhso.dossiers.models import Dossier, Import
from tinhso.kernel import clock

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
HOME = "/ban-lam-viec/nhap/"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def upload(browser: Browser, content: bytes, *, procedure: str = ALLOWANCE) -> str:
    sheet = SimpleUploadedFile("danh-sach.csv", content, content_type="text/csv")
    answer = browser.post(HOME, {"thu-tuc": procedure, "dia-ban": BINH_LIEU, "bang": sheet})
    return str(answer.get("Location", answer.status_code))


def chosen(html: str) -> dict[str, str]:
    """Return what the page has chosen for each column."""
    found = {}
    menus = r'<select class="govuk-select" id="(cot-\d+)".*?>(.*?)</select>'
    for name, menu in re.findall(menus, html, re.S):
        value = re.search(r'<option value="([^"]*)" selected>', menu)
        found[name] = value[1] if value else ""
    return found


def test_from_the_file_to_the_dossiers_with_the_mistakes_as_a_file(
    province: Province, browser: Browser
) -> None:
    desk.enter(browser, province.officer("one_stop"))
    with within("desk:imports"):
        assert "Quầy chưa nhập bảng nào" in browser.get(HOME).content.decode()
    rows = [sheets.row(1), sheets.row(2, c3="hôm qua")]
    page = upload(browser, sheets.as_csv(rows).getvalue())
    with within("desk:import"):
        html = browser.get(page).content.decode()
    assert "Thuộc nhóm nào" in html
    columns = chosen(html) | {f"cot-{place}": target for place, target in sheets.CHOSEN.items()}

    assert browser.post(f"{page}cot/", columns).status_code == 422
    browser.post(f"{page}cot/", {**columns, "cam-doan": "1"})
    assert "<progress" in browser.get(page).content.decode()
    sheet = Import.objects.get()
    running.check(system=sheets.SYSTEM, import_id=sheet.pk, now=clock.now)
    checked = browser.get(page).content.decode()
    assert "1 dòng nạp được, 1 dòng có lỗi" in checked
    assert not Dossier.objects.exists()
    wrong = b"".join(browser.get(f"{page}loi/").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert wrong.splitlines()[1].startswith("3,Ngày sinh,")

    browser.post(f"{page}nap/")
    running.load(system=sheets.SYSTEM, import_id=sheet.pk, now=clock.now)
    assert "Đã nạp 1 hồ sơ" in browser.get(page).content.decode()
    assert Dossier.objects.count() == 1


def test_what_cannot_be_read_or_filed_from_rows_is_said_at_its_box(
    province: Province, browser: Browser
) -> None:
    desk.enter(browser, province.officer("one_stop"))
    assert upload(browser, b"\xff\xfe\x00") == "422"
    assert upload(browser, sheets.as_csv([sheets.row(1)]).getvalue(), procedure="9.999999") == "422"
    assert browser.post(HOME, {"thu-tuc": ALLOWANCE, "dia-ban": BINH_LIEU}).status_code == 422
    assert not Import.objects.exists()


def test_a_stopped_import_says_what_stays(province: Province, browser: Browser) -> None:
    desk.enter(browser, province.officer("one_stop"))
    page = upload(browser, sheets.as_csv([sheets.row(1)]).getvalue())

    browser.post(f"{page}dung/")

    assert "Việc nhập đã dừng" in browser.get(page).content.decode()
    assert browser.post(f"{page}nap/").status_code == 409
