"""Quality at the desk: figures, failing records one click away, pairs to decide; files into a register."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import desk_kit as desk
from tests import registers_kit as kit
from tests.perf.queries import within
from tests.registers_kit import BINH_LIEU, HONG_GAI, SCHOOLS, SYSTEM
from tests.web.client import Browser
from tests.web.test_registers_pages import DEATHS, death, page
from tinhso.kernel import clock
from tinhso.people.types import Actor
from tinhso.registers.actions.measure_quality import measure_quality
from tinhso.registers.actions.seek_twins import seek_twins
from tinhso.registers.importing import running
from tinhso.registers.models import LikelyTwin, Record, RecordVersion, RegisterImport

pytestmark = pytest.mark.django_db
QUALITY = reverse("registers:quality", args=[SCHOOLS])
TWINS = reverse("registers:twins", args=[DEATHS])
IMPORT = reverse("registers:import", args=[SCHOOLS])
TABLE = "Mã trường;Tên trường;Cấp học;Xã;Số học sinh\n"


@pytest.fixture
def specialist(browser: Browser) -> Actor:
    officer = kit.officer("specialist")
    desk.enter(browser, officer)
    return officer


def measured(register: str = SCHOOLS, *, days_ago: int = 0) -> None:
    measure_quality(actor=SYSTEM, at=clock.now() - timedelta(days=days_ago), register_id=register)


def pair() -> LikelyTwin:
    kit.enter(death(), register=DEATHS)
    again = death(**{"extract.number": "8/KT", "deceased.full_name": "Hoàng Văn Sàng"})
    kit.enter(again, register=DEATHS)
    seek_twins(actor=SYSTEM, at=kit.AT, register_id=DEATHS)
    return LikelyTwin.objects.get()


def test_the_four_words_are_figures_with_the_failing_records_one_click_away(
    browser: Browser, specialist: Actor
) -> None:
    kit.school("A1", "Trường không có số học sinh")
    kit.school("A2", "Trường đủ", more={"pupils": 300, "classes": 10})
    measured(days_ago=1)
    measured()
    with within("registers:quality"):
        html = page(browser, QUALITY)
    for word in ("Đúng", "Đủ", "Sạch", "Sống"):
        assert f"<h2>{word}</h2>" in html
    rule = reverse("registers:list", args=[SCHOOLS], query={"loi": "has_pupils"})
    assert rule in html
    assert "<polyline" in html
    listed = page(browser, rule)
    assert "Trường không có số học sinh" in listed
    assert "Trường đủ" not in listed
    assert "Chưa có số học sinh" in listed
    assert "Không có bản ghi nào khớp" in page(browser, f"{rule}&xa={HONG_GAI}")


def test_quality_of_an_empty_register_says_that_there_is_nothing_to_measure(
    browser: Browser, specialist: Actor
) -> None:
    assert "Sổ chưa có bản ghi nào để đo" in page(browser, QUALITY)


def test_quality_and_pairs_are_for_who_reads_the_register_by_a_post(browser: Browser) -> None:
    desk.enter(browser, kit.officer("system_operator", unit="22", kind="province_committee"))
    for url in (QUALITY, reverse("registers:twins", args=[SCHOOLS])):
        page(browser, url, 403)


def test_a_pair_is_shown_with_what_differs_and_kept_apart(browser: Browser) -> None:
    twin = pair()
    registrar = kit.registrar()
    desk.enter(browser, registrar)
    with within("registers:twins"):
        html = page(browser, TWINS)
    assert "Hoàng Văn Sàng" in html
    assert 'class="is-different"' in html
    apart = reverse("registers:apart", args=[DEATHS, twin.pk])
    assert apart in html
    desk.enter(browser, kit.officer("one_stop"))
    assert apart not in page(browser, TWINS), "who only reads decides nothing"
    assert browser.post(apart).status_code == 403
    twin.refresh_from_db()
    assert twin.decision == LikelyTwin.Decision.OPEN
    desk.enter(browser, registrar)
    assert browser.post(apart).headers["Location"] == TWINS
    twin.refresh_from_db()
    assert twin.decision == LikelyTwin.Decision.TWO
    assert "Không có cặp nào chờ quyết định" in page(browser, TWINS)


def test_a_pair_that_is_one_is_merged_and_decided_together(browser: Browser) -> None:
    twin = pair()
    desk.enter(browser, kit.registrar())
    url = browser.get(TWINS).context["page"].one_url
    shown = browser.get(url).context["page"]
    sent = {**dict(shown.hidden), "chon.deceased.full_name": "nay"}
    assert browser.post(url, sent).status_code == 422, "no reason"
    twin.refresh_from_db()
    assert twin.decision == LikelyTwin.Decision.OPEN, "neither is done without the other"
    assert browser.post(url, {**sent, "ly-do": "Cùng một người"}).headers["Location"] == TWINS
    twin.refresh_from_db()
    assert twin.decision == LikelyTwin.Decision.TWINS
    assert Record.objects.get(pk=twin.second_id).merged_into_id == twin.first_id


def sent_file(browser: Browser, text: str, name: str = "truong.csv") -> UUID:
    file = SimpleUploadedFile(name, text.encode("utf-16"))
    answer = browser.post(IMPORT, {"tep-du-lieu": file})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return RegisterImport.objects.get().pk


def of(import_id: UUID, act: str = "one") -> str:
    return reverse(f"registers:import-{act}", args=[import_id])


def mapping(browser: Browser, import_id: UUID, **changes: str) -> dict[str, str]:
    """Return the columns as the page proposes them, the commune's said by the officer."""
    columns = browser.get(of(import_id)).context["page"].columns
    held = {
        column.name: next((option.value for option in column.options if option.chosen), "")
        for column in columns
    }
    named = {column.heading: column.name for column in columns}
    return held | {named["Xã"]: "place.unit"} | changes


def test_a_file_is_read_matched_checked_and_only_then_written(browser: Browser, specialist: Actor) -> None:
    good = f"TH-1;Trường Một;primary;{BINH_LIEU};120\n"
    wrong = f"TH-2;;primary;{BINH_LIEU};ba trăm\n"
    with within("registers:import"):
        assert "Bạn chưa nhập tệp nào" in page(browser, IMPORT)
    import_id = sent_file(browser, TABLE + good + wrong)
    with within("registers:import-one"):
        html = page(browser, of(import_id))
    for guess in ("UTF-16", "dấu chấm phẩy", "Trường Một", "Chưa có cột cho mục bắt buộc"):
        assert guess in html
    assert browser.post(of(import_id, "columns"), mapping(browser, import_id)).status_code == 302
    assert "Đang kiểm tra" in page(browser, of(import_id))
    running.check(system=SYSTEM, import_id=import_id, now=clock.now)
    html = page(browser, of(import_id))
    assert "chưa ghi gì vào sổ" in html
    assert "Ghi 1 bản ghi vào sổ" in html
    assert "«Tên trường» còn thiếu" in html
    assert Record.objects.count() == 0
    report = b"".join(browser.get(of(import_id, "faults"))).decode()
    assert report.count("\n") >= 2
    assert browser.post(of(import_id, "load")).status_code == 302
    running.load(system=SYSTEM, import_id=import_id, now=clock.now)
    assert "Đã ghi xong" in page(browser, of(import_id))
    version = RecordVersion.objects.get()
    assert (version.key, version.source, version.values["pupils"]) == ("TH-1", "import", 120)


def test_a_file_that_is_none_and_columns_that_are_missing_are_said(
    browser: Browser, specialist: Actor
) -> None:
    answer = browser.post(IMPORT, {})
    assert answer.status_code == 422
    assert 'href="#tep-du-lieu"' in answer.content.decode()
    broken = SimpleUploadedFile("truong.xlsx", b"khong phai bang tinh")
    assert browser.post(IMPORT, {"tep-du-lieu": broken}).status_code == 422
    assert RegisterImport.objects.count() == 0
    import_id = sent_file(browser, TABLE + f"TH-1;Trường;primary;{BINH_LIEU};1\n")
    none = dict.fromkeys(mapping(browser, import_id), "")
    answer = browser.post(of(import_id, "columns"), none)
    assert answer.status_code == 422
    assert RegisterImport.objects.get().state == "mapping"


def test_an_import_is_stopped_and_seen_by_nobody_else(browser: Browser, specialist: Actor) -> None:
    import_id = sent_file(browser, TABLE + f"TH-1;Trường;primary;{BINH_LIEU};1\n")
    browser.post(of(import_id, "columns"), mapping(browser, import_id))
    assert browser.post(of(import_id, "stop")).status_code == 302
    assert RegisterImport.objects.get().state == "cancelled"
    desk.enter(browser, kit.officer("specialist", unit=HONG_GAI))
    page(browser, of(import_id), 404)
    for act in ("columns", "load", "stop"):
        assert browser.post(of(import_id, act)).status_code == 404
    desk.enter(browser, kit.officer("chairperson"))
    page(browser, IMPORT, 403)
    assert browser.post(IMPORT, {"tep-du-lieu": BytesIO(b"x")}).status_code == 403
    assert RegisterImport.objects.count() == 1
